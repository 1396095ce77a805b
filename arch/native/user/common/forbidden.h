/*
 * What user mode may not do (norma.abi.Forbidden), done all the same: the thread must not come back
 * from any of it. Owner: arch/native/user.
 */
#pragma once
void norma_user_main(int32_t, int32_t);

static inline void norma_read(uint64_t at) { (void)*(volatile uint8_t *)at; }
static inline void norma_write(uint64_t at) { *(volatile uint8_t *)at = 0; }
static inline void norma_execute(uint64_t at) { ((void (*)(void))at)(); }

static RT_NOINLINE void norma_forbidden(int32_t what) {
    uint32_t code = NORMA_RETURN;
    __asm__ volatile("" : : "r"(&code) : "memory");
    switch (what) {
    case FORBIDDEN_READ_KERNEL: norma_read(NORMA_KERNEL_AT); break;
    case FORBIDDEN_WRITE_KERNEL: norma_write(NORMA_KERNEL_AT); break;
    case FORBIDDEN_ENTER_KERNEL: norma_execute(NORMA_KERNEL_AT); break;
    case FORBIDDEN_READ_DEVICE: norma_read(NORMA_DEVICE_AT); break;
    case FORBIDDEN_READ_RING: norma_read(NORMA_USER_SHARED + (uint64_t)norma_load(SHARED_OFF_RINGS)); break;
    case FORBIDDEN_WRITE_BLOCK: norma_write(NORMA_USER_SHARED); break;
    case FORBIDDEN_WRITE_CODE: norma_write((uint64_t)norma_user_main); break;
    case FORBIDDEN_EXECUTE_STACK: norma_execute((uint64_t)&code); break;
    case FORBIDDEN_LEAVE_STACK:
        norma_write(((uint64_t)&code & ~(NORMA_USER_STACK - 1)) - 1);
        break;
    case FORBIDDEN_READ_NULL: norma_read(0); break;
    case FORBIDDEN_READ_DIRECT: norma_read(NORMA_DIRECT + NORMA_KERNEL_AT - NORMA_KERNEL_OFFSET); break;
    default: norma_privileged(); break;
    }
}
