/*
 * Gates of the exploration image: what compiled Java sees of them. Included by intrinsics.h when
 * kernel.c is compiled with NORMA_GATES, and by nothing of the shipped image.
 * Contract: the compiler puts norma_gate(PLACE) before each access in a VarHandle mode; the
 * operations of the machine that are schedule points, or that depend on time, are replaced here.
 * Layout: norma.abi.Gate. Owner: arch/native/gates.
 */
#pragma once

/* Waits for this core's turn to go on from a place. */
void norma_gate(uint32_t place);
void norma_gated_relax(void);
int64_t norma_gated_now(void);
void norma_gated_arm(int64_t deadline);
void norma_gated_send_ipi(int32_t core);
void norma_gated_start_core(int32_t core);
int32_t norma_gated_wait_for_interrupt(void);
void norma_gated_tables_load(int32_t space);
void norma_gated_tables_flush(void);
void norma_gated_tables_enter(int32_t space, int32_t page, int64_t frame, int32_t rights);
void norma_gated_frame_clear(int64_t frame);
void norma_gated_frame_copy(int64_t from, int64_t to);
void norma_gated_power_off(int32_t status);

#define norma_relax norma_gated_relax
#define norma_now norma_gated_now
#define norma_arm norma_gated_arm
#define norma_send_ipi norma_gated_send_ipi
#define norma_start_core norma_gated_start_core
#define norma_wait_for_interrupt norma_gated_wait_for_interrupt
#define norma_tables_load norma_gated_tables_load
#define norma_tables_flush norma_gated_tables_flush
#define norma_tables_enter norma_gated_tables_enter
#define norma_frame_clear norma_gated_frame_clear
#define norma_frame_copy norma_gated_frame_copy
#define norma_power_off norma_gated_power_off
