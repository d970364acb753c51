package io.purser.agent.notify;

import io.purser.agent.config.Notification;
import io.purser.agent.config.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends signals. The JVM itself can send two only, so a program does it: the agent's image brings one of a few hundred bytes
 * ({@code purser-kill PID NUMBER}); on a laptop {@code kill} of the system serves.
 */
final class SignalSender {

    /** Where the launcher says that its program for signals is. */
    static final String PROGRAM_PROPERTY = "purser.kill";

    private final ProcessTable processes;
    private final Commands commands;
    private final Path root;

    SignalSender(ProcessTable processes, Commands commands, Path root) {
        this.processes = processes;
        this.commands = commands;
        this.root = root;
    }

    void send(Signal signal, List<Long> pids, Notification name) throws NotificationException, InterruptedException {
        for (long pid : pids) {
            if (commands.exitStatus(command(signal, pid), name) != 0) {
                throw failed(pid, name);
            }
        }
    }

    /** The process id in a file. */
    List<Long> read(String pidFile) throws NotificationException {
        String text;
        try {
            text = Files.readString(root.resolve(pidFile.substring(1)), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException e) {
            throw new NotificationException(
                    "the pid file " + pidFile + " cannot be read; mount its volume in the agent's container, too", e);
        }
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw new NotificationException("the pid file " + pidFile + " holds no process id; check which file it is");
        }
        return List.of(Long.parseLong(text));
    }

    private static List<String> command(Signal signal, long pid) {
        String program = System.getProperty(PROGRAM_PROPERTY);
        return program == null
                ? List.of("kill", "-" + signal.number(), Long.toString(pid))
                : List.of(program, Long.toString(pid), Integer.toString(signal.number()));
    }

    private NotificationException failed(long pid, Notification name) {
        return processes
                .userOf(pid)
                .map(user -> new NotificationException(name + " was refused for process " + pid
                        + ", which runs as user " + user + "; let the agent and the application run as one user"))
                .orElseGet(() -> new NotificationException(name + " found process " + pid
                        + " gone; check that the application is up, and that the pod sets shareProcessNamespace"));
    }
}
