/* System calls of Linux on amd64 and arm64. */
#if defined(__x86_64__)
enum { SYS_READ = 0, SYS_WRITE = 1, SYS_CLOSE = 3, SYS_MADVISE = 28, SYS_EXECVE = 59, SYS_EXIT = 60, SYS_KILL = 62, SYS_OPENAT = 257, SYS_READLINKAT = 267 };
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
enum { SYS_OPENAT = 56, SYS_CLOSE = 57, SYS_READ = 63, SYS_WRITE = 64, SYS_READLINKAT = 78, SYS_EXIT = 93, SYS_KILL = 129, SYS_EXECVE = 221, SYS_MADVISE = 233 };
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

enum { AT_FDCWD = -100, LONGEST_PATH = 4096 };

/* Puts HOME of the running HOME/bin/PROGRAM into a buffer of LONGEST_PATH, with 100 bytes left; its length, or 0 where /proc tells nothing. */
static inline long find_home(char *home) {
    long length = system_call(SYS_READLINKAT, AT_FDCWD, (long)"/proc/self/exe", (long)home, LONGEST_PATH - 100);
    for (int slashes = 0; length > 0 && slashes < 2; length--) {
        if (home[length - 1] == '/') slashes++;
    }
    return length > 0 ? length : 0;
}
