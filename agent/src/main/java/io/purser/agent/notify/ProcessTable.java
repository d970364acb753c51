package io.purser.agent.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes that the agent can see, from {@code /proc}. */
final class ProcessTable {

    /** The kernel cuts a process's name to this many bytes. */
    private static final int LONGEST_COMM = 15;

    private final Path proc;
    private final long ancestor;

    /**
     * A pod's processes.
     *
     * @param proc the {@code /proc} that shows them
     * @param ancestor the process that all of them come from, or 0 for all that are shown
     */
    ProcessTable(Path proc, long ancestor) {
        this.proc = proc;
        this.ancestor = ancestor;
    }

    /**
     * In a pod, the kernel shows the agent no others. On a laptop they are those of whoever started the agent: a name must
     * not reach what else its user runs.
     */
    static ProcessTable of(Path root) {
        boolean pod = root.getNameCount() == 0;
        return new ProcessTable(
                Path.of("/proc"),
                pod
                        ? 0
                        : ProcessHandle.current()
                                .parent()
                                .map(ProcessHandle::pid)
                                .orElse(0L));
    }

    /**
     * The processes of a name, without those whose parent is one, too.
     *
     * @throws NotificationException if there is none
     */
    List<Long> eldest(String name) throws NotificationException {
        Map<Long, Long> parentOf = new LinkedHashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                if (isCalled(entry, name) && isOfThePod(entry)) {
                    long pid = Long.parseLong(String.valueOf(entry.getFileName()));
                    statusField(entry, "PPid:").ifPresent(parent -> parentOf.put(pid, Long.parseLong(parent)));
                }
            }
        } catch (IOException e) {
            throw new NotificationException("the list of processes in " + proc + " cannot be read", e);
        }
        List<Long> eldest = new ArrayList<>(parentOf.keySet());
        eldest.removeIf(pid -> parentOf.containsKey(parentOf.get(pid)));
        if (eldest.isEmpty()) {
            throw new NotificationException("no process named \"" + name
                    + "\" is in sight; check the name, and that the pod sets shareProcessNamespace");
        }
        return eldest;
    }

    /** The user that a process runs as, if it still exists. */
    Optional<String> userOf(long pid) {
        return statusField(proc.resolve(Long.toString(pid)), "Uid:");
    }

    private boolean isOfThePod(Path entry) {
        Path step = entry;
        while (ancestor != 0 && !step.endsWith(Long.toString(ancestor))) {
            String parent = statusField(step, "PPid:").orElse("0");
            if (parent.equals("0")) {
                return false;
            }
            step = proc.resolve(parent);
        }
        return true;
    }

    private static boolean isCalled(Path entry, String name) {
        String comm = read(entry.resolve("comm")).strip();
        if (comm.equals(name)) {
            return true;
        }
        if (comm.getBytes(StandardCharsets.UTF_8).length == LONGEST_COMM && name.startsWith(comm)) {
            return true;
        }
        String argv0 = read(entry.resolve("cmdline")).split("\0", 2)[0];
        return argv0.substring(argv0.lastIndexOf('/') + 1).equals(name);
    }

    private static Optional<String> statusField(Path entry, String field) {
        return read(entry.resolve("status"))
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).strip().split("\\s+", 2)[0])
                .findFirst();
    }

    /** A process that ends meanwhile is no longer of interest, so its files read as empty. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
