package io.purser.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process of its own, with what the kernel (Linux, proc(5)) knows of it. */
final class MeasuredProcess implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    /** For compilers of this very process, and for what the servers before have left to do. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** {@code USER_HZ}: the kernel counts processor time in hundredths of a second for all programs. */
    private static final int TICKS_PER_SECOND = 100;

    private final Process process;
    private final Duration start;

    private MeasuredProcess(Process process, Duration start) {
        this.process = process;
        this.start = start;
    }

    /**
     * Starts a server and waits until its output contains {@code ready}.
     *
     * @param log gets its output
     * @throws IOException when it ends before, or is not ready within a minute
     */
    static MeasuredProcess start(
            List<String> command, Map<String, String> environment, Path folder, Path log, String ready)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        LockSupport.parkNanos(QUIET.toNanos());
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!Files.readString(log).contains(ready)) {
            boolean late = System.nanoTime() - begin > PATIENCE.toNanos();
            if (late || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + (late ? " was not ready in time" : " has ended")
                        + "; its output is in " + log);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return new MeasuredProcess(process, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** From the start of the process until it said that it is ready. */
    Duration startTime() {
        return start;
    }

    /** Processor time so far, user and system. */
    Duration cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Resident memory in MiB. */
    long rssMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
