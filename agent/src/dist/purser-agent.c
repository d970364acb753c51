/*
 * Starts the agent: the Java runtime beside this program, with the fixed options and the arguments given. There is no shell
 * in the agent's image, so no script could. No C library either: a hundred bytes of system calls need none, and the
 * same source serves every distribution of Linux.
 */
#include "program.h"

enum { MOST_ARGUMENTS = 64 };

static char java[LONGEST_PATH];
static char kill_program[LONGEST_PATH];
static char pages_library[LONGEST_PATH];
static char tls_library[LONGEST_PATH];

/* Puts the text after the home directory of this installation into a buffer. */
static char *below(char *buffer, const char *prefix, const char *home, unsigned long home_length, const char *path) {
    unsigned long n = 0;
    for (; *prefix; prefix++) buffer[n++] = *prefix;
    for (unsigned long i = 0; i < home_length; i++) buffer[n++] = home[i];
    for (; *path; path++) buffer[n++] = *path;
    buffer[n] = 0;
    return buffer;
}

static int equal(const char *a, const char *b) {
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

__attribute__((used)) static void start(long *stack) {
    long count = stack[0];
    char **given = (char **)(stack + 1);
    char **environment = given + count + 1;

    if (count > MOST_ARGUMENTS) {
        fail("purser-agent: too many arguments; see --help\n");
    }
    static char self[LONGEST_PATH];
    long length = find_home(self);
    if (length == 0) {
        fail("purser-agent: /proc/self/exe cannot be read; mount /proc\n");
    }

    int once = 0;
    for (long i = 1; i < count; i++) once |= equal(given[i], "--once");
    static char *argument[MOST_ARGUMENTS + 12];
    int n = 0;
    argument[n++] = below(java, "", self, length, "/runtime/bin/java");
    if (once) { /* in the place of what is fixed for the sidecar: it ends before it would use the memory that it does not collect */
        argument[n++] = "-Xms6m";
        argument[n++] = "-Xmn2m";
    }
    argument[n++] = below(kill_program, "-Dpurser.kill=", self, length, "/bin/purser-kill");
    argument[n++] = below(pages_library, "-Dpurser.pages=", self, length, "/runtime/lib/libpurser-pages.so");
    argument[n++] = below(tls_library, "-Dpurser.tls=", self, length, "/runtime/lib/libpurser-tls.so");
    argument[n++] = "-cp"; /* there is none: all classes are in the runtime image */
    argument[n++] = "/var/empty/purser";
    argument[n++] = "io.purser.agent.run.Main";
    for (long i = 1; i < count; i++) argument[n++] = given[i];
    argument[n] = 0;

    system_call(SYS_EXECVE, (long)java, (long)argument, (long)environment, 0);
    fail("purser-agent: the Java runtime beside it cannot be started; unpack the distribution anew\n");
}
