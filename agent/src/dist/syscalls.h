/* System calls of Linux on amd64 and arm64, and the entry point: start(stack) is called with the process's first stack. */
#if defined(__x86_64__)
enum { SYS_WRITE = 1, SYS_KILL = 62, SYS_EXECVE = 59, SYS_EXIT = 60, SYS_READLINKAT = 267 };
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n");
static inline long system_call(long call, long a, long b, long c, long d) {
    long result;
    register long fourth __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(call), "D"(a), "S"(b), "d"(c), "r"(fourth)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum { SYS_WRITE = 64, SYS_KILL = 129, SYS_EXECVE = 221, SYS_EXIT = 93, SYS_READLINKAT = 78 };
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n and sp, x0, #-16\n bl start\n");
static inline long system_call(long call, long a, long b, long c, long d) {
    register long number __asm__("x8") = call;
    register long first __asm__("x0") = a;
    register long second __asm__("x1") = b;
    register long third __asm__("x2") = c;
    register long fourth __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(first) : "r"(number), "r"(second), "r"(third), "r"(fourth) : "memory");
    return first;
}
#else
#error "only amd64 and arm64 are supported"
#endif

enum { AT_FDCWD = -100 };

__attribute__((noreturn)) static inline void leave(int status) {
    for (;;) system_call(SYS_EXIT, status, 0, 0, 0);
}

__attribute__((noreturn)) static inline void fail(const char *message) {
    long length = 0;
    while (message[length]) length++;
    system_call(SYS_WRITE, 2, (long)message, length, 0);
    leave(3);
}
