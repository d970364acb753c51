package io.purser.agent.config;

import java.util.List;

/** What is done after a file has changed. Written as text in the annotation {@code purser.io/notify-NAME}. */
public sealed interface Notification {

    /**
     * Reads a notification as a user writes it.
     *
     * @param text {@code signal:HUP:PROCESS}, {@code exec:["PROGRAM", "ARGUMENT"]} or {@code http:PORT/PATH}
     * @throws IllegalArgumentException with one sentence that says what would be right
     */
    static Notification parse(String text) {
        return NotificationText.parse(text);
    }

    /** What the user wrote, for messages. */
    @Override
    String toString();

    /**
     * A signal to each process of that name that the agent can see: it needs a shared process namespace and an equal user.
     * Of a process and its children of the same name only the eldest gets it, as with nginx's master and workers.
     *
     * @param signal which one
     * @param process the program's name as {@code ps} shows it, without a directory
     */
    record SignalProcess(Signal signal, String process) implements Notification {
        @Override
        public String toString() {
            return "signal:" + signal.name() + ":" + process;
        }
    }

    /**
     * A signal to the process whose id is in a file.
     *
     * @param signal which one
     * @param pidFile absolute path in the agent's container, so on a volume that both mount
     */
    record SignalPidFile(Signal signal, String pidFile) implements Notification {
        @Override
        public String toString() {
            return "signal:" + signal.name() + ":" + pidFile;
        }
    }

    /**
     * A program, without a shell, in the agent's container.
     *
     * @param argv the program and its arguments; at least the program
     */
    record Exec(List<String> argv) implements Notification {

        /** Copies the list. */
        public Exec {
            argv = List.copyOf(argv);
        }

        /** Names the program only: an argument may be meant for no log. */
        @Override
        public String toString() {
            return "exec:" + argv.get(0);
        }
    }

    /**
     * A POST without a body to the pod's own address; any answer from 200 to 399 is a success.
     *
     * @param port 1 to 65535
     * @param path with its leading slash, and its query if it has one
     */
    record HttpRequest(int port, String path) implements Notification {
        @Override
        public String toString() {
            return "http:" + port + path;
        }
    }

    /**
     * A command line for a shell, in an image that has one (the peer's {@code agent-inject-command}).
     *
     * @param command as for {@code sh -c}
     */
    record ShellCommand(String command) implements Notification {
        /** Leaves the command out, which may be meant for no log. */
        @Override
        public String toString() {
            return "the command of agent-inject-command";
        }
    }
}
