/**
 * Was a place of the source executed? Lines to addresses by an image's debug information, addresses
 * to counts by a plugin of QEMU that counts nothing else.
 */
@NullMarked
package norma.conformance.reach;

import org.jspecify.annotations.NullMarked;
