package io.purser.agent.notify;

import io.purser.agent.config.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Carries out one notification. Blocks until it has succeeded, failed or taken too long. */
public final class Notifier {

    /** Limit of a program or a shell command. */
    public static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    /** Limit of an HTTP request, its connection included. */
    public static final Duration HTTP_LIMIT = Duration.ofSeconds(10);

    private final ProcessTable processes;
    private final SignalSender signals;
    private final Commands commands;
    private final LocalHttp http;

    /** @param root what every absolute path is put below: {@code /} in a pod; else names mean processes beside the agent's only */
    public Notifier(Path root) {
        this(ProcessTable.of(root), new Commands(COMMAND_LIMIT), new LocalHttp(HTTP_LIMIT), root);
    }

    Notifier(ProcessTable processes, Commands commands, LocalHttp http, Path root) {
        this.processes = processes;
        this.commands = commands;
        this.http = http;
        this.signals = new SignalSender(processes, commands, root);
    }

    /**
     * Carries out a notification.
     *
     * @throws NotificationException if it did not reach its receiver, or the receiver failed
     * @throws InterruptedException if the agent ends meanwhile; a program that was started is killed
     */
    public void carryOut(Notification notification) throws NotificationException, InterruptedException {
        if (notification instanceof Notification.SignalProcess signal) {
            signals.send(signal.signal(), processes.eldest(signal.process()), notification);
        } else if (notification instanceof Notification.SignalPidFile signal) {
            signals.send(signal.signal(), signals.read(signal.pidFile()), notification);
        } else if (notification instanceof Notification.Exec exec) {
            commands.run(exec.argv(), notification);
        } else if (notification instanceof Notification.HttpRequest request) {
            http.post(request);
        } else if (notification instanceof Notification.ShellCommand shell) {
            commands.run(List.of("/bin/sh", "-c", shell.command()), notification);
        }
    }
}
