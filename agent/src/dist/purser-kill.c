/*
 * Sends a signal: purser-kill PID NUMBER. The JVM can send TERM and KILL only, and the agent's image has no kill.
 * Exit status: 0 sent, 1 refused or no such process, 2 misuse.
 */
#include "program.h"

/* A whole number above 0, or -1. */
static long number(const char *text) {
    long value = 0;
    if (!*text) return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || value > 99999999) return -1;
        value = value * 10 + (*text - '0');
    }
    return value > 0 ? value : -1;
}

__attribute__((used)) static void start(long *stack) {
    char **argument = (char **)(stack + 1);
    if (stack[0] != 3 || number(argument[1]) < 0 || number(argument[2]) < 0) {
        leave(2);
    }
    leave(system_call(SYS_KILL, number(argument[1]), number(argument[2]), 0, 0) == 0 ? 0 : 1);
}
