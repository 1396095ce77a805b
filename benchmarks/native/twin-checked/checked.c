/* The twin with the assertions of the Java source. Owner: benchmarks. */
#define TWIN_CHECKS 1
#include "../twin/twin.c"
