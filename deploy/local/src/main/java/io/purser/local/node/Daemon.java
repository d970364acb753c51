package io.purser.local.node;

import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A program in the background, whose output goes to a file of its own; and programs that end by themselves. One in the background has a session of
 * its own where {@code setsid} is there: a terminal's interrupt is for this program alone, which ends the others in their order.
 */
final class Daemon implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int TAIL = 5;

    private final String name;
    private final Path log;
    private final Process process;

    private Daemon(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param name of the log file in {@code folder}, to which is added
     */
    static Daemon start(String name, Path folder, List<String> command) {
        return start(name, folder, command, Map.of());
    }

    /** Starts a program with additions to its environment. */
    static Daemon start(String name, Path folder, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        List<String> whole = new ArrayList<>(command);
        SearchPath.find("setsid").ifPresent(setsid -> whole.add(0, setsid.toString()));
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new Daemon(name, log, builder.start());
        } catch (IOException e) {
            throw new NodeException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed, errors too
     * @throws NodeException with its words where it fails
     */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new NodeException(String.join(" ", command) + " ended with " + exit + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new NodeException(command.get(0) + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while " + command.get(0) + " ran", e);
        }
    }

    /** Waits until the program is ready, as long as it lives. */
    void await(Duration atMost, BooleanSupplier ready) {
        try {
            Patience.until(name + " is ready", atMost, () -> !process.isAlive() || ready.getAsBoolean());
        } catch (NodeException e) {
            throw new NodeException(e.getMessage() + "; its last words: " + lastWords(), e);
        }
        if (!process.isAlive()) {
            throw new NodeException(name + " has ended: " + lastWords());
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        if (!waitFor()) {
            kill();
        }
    }

    private boolean waitFor() {
        try {
            return process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return false;
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())) + "\n(" + log + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
