package io.purser.local.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A container's process on this machine. */
public final class ContainerProcess {

    private final String name;
    private final Process process;
    private final Thread reader;

    private ContainerProcess(String name, Process process, Thread reader) {
        this.name = name;
        this.process = process;
        this.reader = reader;
    }

    /**
     * Starts a process with an environment of its own: of this one's it gets PATH, HOME and the Java home only.
     *
     * @param name the container's
     * @param command what to run
     * @param environment the container's
     * @param directory where it runs
     * @param lines gets each line that it prints
     * @throws IOException where it cannot be started
     */
    public static ContainerProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Consumer<String> lines)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        builder.directory(directory.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        Thread reader = new Thread(() -> pump(process, lines), "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return new ContainerProcess(name, process, reader);
    }

    private static void pump(Process process, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            // its end closes the stream, whether or not somebody reads it
        }
    }

    /** The container's name. */
    public String name() {
        return name;
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @return whether it has ended within the time
     */
    public boolean await(Duration most) throws InterruptedException {
        boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            reader.join(Duration.ofSeconds(2).toMillis());
        }
        return ended;
    }

    /** How it ended; only after its end. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Asks it to end (SIGTERM), waits, and kills what is left, its children too. */
    public void stop(Duration grace) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            children.forEach(ProcessHandle::destroyForcibly);
            await(grace);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
