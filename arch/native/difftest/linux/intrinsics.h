/* Intrinsics visible to the differential tests' Java code. Owner: arch/aot. */
#pragma once
#include "difftest.h"
