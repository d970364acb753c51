package io.purser.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a container's control group holds of memory, in bytes.
 *
 * @param usage all that is charged to it
 * @param workingSet usage less the page cache that can be dropped at once: what the kubelet goes by
 * @param peak the highest usage
 * @param limit at which the kernel kills
 */
record ControlGroup(long usage, long workingSet, long peak, long limit) {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final double MIB = 1024 * 1024;

    /** Where there is no limit, control groups of version 1 give the largest number that is whole pages. */
    private static final long NO_LIMIT = 1L << 62;

    /** Reads that of a process, by cgroups of version 1 or 2. */
    static ControlGroup of(long process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process), "cgroup"))) {
                List<String> parts = List.of(line.split(":", 3));
                if (parts.get(1).equals("memory")) {
                    return read(
                            ROOT.resolve("memory" + parts.get(2)),
                            List.of("memory.usage_in_bytes", "memory.max_usage_in_bytes", "memory.limit_in_bytes"),
                            "total_inactive_file");
                }
                if (parts.get(0).equals("0") && Files.exists(ROOT.resolve("cgroup.controllers"))) {
                    return read(
                            ROOT.resolve(parts.get(2).substring(1)),
                            List.of("memory.current", "memory.peak", "memory.max"),
                            "inactive_file");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new NodeException("the process " + process + " has no control group of memory");
    }

    private static ControlGroup read(Path folder, List<String> files, String inactive) throws IOException {
        long usage = number(folder.resolve(files.get(0)));
        long cache = Files.readAllLines(folder.resolve("memory.stat")).stream()
                .filter(line -> line.startsWith(inactive + " "))
                .mapToLong(line -> Long.parseLong(line.substring(inactive.length() + 1)))
                .findFirst()
                .orElse(0);
        return new ControlGroup(
                usage,
                Math.max(0, usage - cache),
                number(folder.resolve(files.get(1))),
                number(folder.resolve(files.get(2))));
    }

    private static long number(Path file) throws IOException {
        String text = Files.readString(file).strip();
        return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** Bytes for a person. */
    static String mib(long bytes) {
        return bytes >= NO_LIMIT ? "none" : String.format(Locale.ROOT, "%.1f", bytes / MIB);
    }
}
