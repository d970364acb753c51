/* A program without a C library: start(stack) is called with the process's first stack, and leaves. */
#include "syscalls.h"

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n");
#else
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n and sp, x0, #-16\n bl start\n");
#endif

__attribute__((noreturn)) static inline void leave(int status) {
    for (;;) system_call(SYS_EXIT, status, 0, 0, 0);
}

__attribute__((noreturn)) static inline void fail(const char *message) {
    long length = 0;
    while (message[length]) length++;
    system_call(SYS_WRITE, 2, (long)message, length, 0);
    leave(3);
}
