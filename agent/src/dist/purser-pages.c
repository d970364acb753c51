/*
 * Gives back the pages of the Java runtime's own files that this process has mapped and has not changed: its code, and the part
 * of the archive of classes that is only read. They stay in the page cache, shared, and come back one by one where they
 * are used again. A library for the FilePages.java of agent and webhook; no C library is needed for it either.
 */
#include "syscalls.h"

enum { LONGEST_LINE = LONGEST_PATH + 128, BLOCK = 4096, READ_ONLY_CLOSE_ON_EXEC = 02000000, DONT_NEED = 4 };

/* One mapping of /proc/self/smaps while its lines are read. */
struct mapping {
    unsigned long from, to, resident;
    int ours; /* of the runtime's own file, and not writable */
};

static int begins(const char *text, const char *with) {
    while (*with && *text == *with) text++, with++;
    return !*with;
}

static unsigned long number(const char **text, unsigned base) {
    unsigned long value = 0;
    while (**text == ' ') ++*text;
    for (;; ++*text) {
        char c = **text;
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
        if (digit >= base) return value;
        value = value * base + digit;
    }
}

/* FROM-TO MODE OFFSET DEVICE INODE PATH; the path is the only part with a slash. */
static void header(struct mapping *mapping, const char *line, const char *folder) {
    mapping->from = number(&line, 16);
    line++;
    mapping->to = number(&line, 16);
    int writable = line[2] == 'w';
    while (*line && *line != '/') line++;
    mapping->ours = !writable && begins(line, folder);
}

/* Adds up what was given back, in kibibytes. */
static long field(struct mapping *mapping, const char *line) {
    if (begins(line, "Rss:")) {
        line += 4;
        mapping->resident = number(&line, 10);
    } else if (begins(line, "Anonymous:") && mapping->ours) {
        line += 10;
        /* A changed page would be lost. */
        if (number(&line, 10) == 0 &&
            system_call(SYS_MADVISE, (long)mapping->from, (long)(mapping->to - mapping->from), DONT_NEED, 0) == 0) {
            return (long)mapping->resident;
        }
    }
    return 0;
}

/*
 * The folder with libjvm.so and the archive, beside the program: HOME/bin/java. What lies there is mapped before the first line
 * of Java runs, and stays; a mapping that comes and goes could be another one by the time it is given back.
 */
static int find_folder(char *folder) {
    static const char below[] = "/lib/server/";
    long length = find_home(folder);
    for (unsigned i = 0; i < sizeof below; i++) folder[length + i] = below[i];
    return length > 0;
}

/* FilePages.drop(): the kibibytes that were given back; none where /proc tells nothing. */
__attribute__((visibility("default"))) long Java_io_purser_agent_run_FilePages_drop(void *environment, void *type) {
    char folder[LONGEST_PATH], line[LONGEST_LINE], block[BLOCK];
    struct mapping mapping = {0, 0, 0, 0};
    long file, count, given = 0;
    unsigned length = 0;
    (void)environment, (void)type;

    if (!find_folder(folder)) return 0;
    file = system_call(SYS_OPENAT, AT_FDCWD, (long)"/proc/self/smaps", READ_ONLY_CLOSE_ON_EXEC, 0);
    if (file < 0) return 0;
    while ((count = system_call(SYS_READ, file, (long)block, BLOCK, 0)) > 0) {
        for (long i = 0; i < count; i++) {
            if (block[i] != '\n') {
                if (length < LONGEST_LINE - 1) line[length++] = block[i];
                continue;
            }
            line[length] = 0;
            length = 0;
            if (line[0] >= 'A' && line[0] <= 'Z') {
                given += field(&mapping, line);
            } else {
                header(&mapping, line, folder);
            }
        }
    }
    system_call(SYS_CLOSE, file, 0, 0, 0);
    return given;
}

/* The same for the webhook. */
__attribute__((visibility("default"), alias("Java_io_purser_agent_run_FilePages_drop"))) long Java_io_purser_webhook_http_FilePages_drop(
    void *environment, void *type);
