package io.purser.agent.notify;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs with a time limit. What they print is thrown away: it may hold a secret, and a log must not. */
final class Commands {

    private final Duration limit;

    Commands(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs a program to its end.
     *
     * @param name what to call it in messages; its arguments are not shown
     */
    void run(List<String> argv, Object name) throws NotificationException, InterruptedException {
        int status = exitStatus(argv, name);
        if (status != 0) {
            throw new NotificationException(
                    name + " ended with status " + status + "; run it by hand in the agent's container to see why");
        }
    }

    /** Runs a program and gives its exit status. */
    int exitStatus(List<String> argv, Object name) throws NotificationException, InterruptedException {
        Process process = start(argv, name);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NotificationException(
                        name + " did not end within " + limit.toSeconds() + " s and was killed; make it end sooner");
            }
            return process.exitValue();
        } finally {
            kill(process);
        }
    }

    private static Process start(List<String> argv, Object name) throws NotificationException {
        try {
            return new ProcessBuilder(argv)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new NotificationException(
                    name + " could not be started; " + argv.get(0)
                            + " has to be an executable in the agent's image (a shell is in the image with the -shell tag only)",
                    e);
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> descendants = process.descendants().toList();
            process.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
