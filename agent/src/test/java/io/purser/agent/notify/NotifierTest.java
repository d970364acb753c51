package io.purser.agent.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.purser.agent.config.Notification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NotifierTest {

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void signalsAProcessByName() throws Exception {
        Process sleeper = sleeper("purser-sleeper");

        notifier().carryOut(Notification.parse("signal:USR1:purser-sleeper"));

        // The default of USR1 is the end; the JVM reports a signal as 128 and its number.
        assertThat(sleeper.waitFor()).isEqualTo(128 + 10);
    }

    @Test
    void signalsAProcessByItsPidFile() throws Exception {
        Process sleeper = sleeper("purser-pidfile");
        Files.writeString(directory.resolve("a.pid"), sleeper.pid() + "\n");

        notifier().carryOut(Notification.parse("signal:HUP:/a.pid"));

        assertThat(sleeper.waitFor()).isEqualTo(128 + 1);
    }

    @Test
    void ofAProcessAndItsChildrenOnlyTheEldestIsMeant() throws Exception {
        Path proc = Files.createDirectory(directory.resolve("proc"));
        process(proc, 1, "pause", "/pause", 0);
        process(proc, 7, "nginx", "nginx: master process nginx", 1);
        process(proc, 8, "nginx", "nginx: worker process", 7);
        process(proc, 9, "a-very-long-pro", "/opt/bin/a-very-long-program", 1);
        process(proc, 10, "java", "/usr/bin/java", 1);
        Files.createDirectory(proc.resolve("self"));
        ProcessTable table = new ProcessTable(proc, 0);

        assertThat(table.eldest("nginx")).containsExactly(7L);
        assertThat(table.eldest("a-very-long-program")).containsExactly(9L);
        assertThat(table.eldest("java")).containsExactly(10L);
        assertThat(table.userOf(10)).contains("100");
        assertThatThrownBy(() -> table.eldest("ngin"))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("\"ngin\"")
                .hasMessageContaining("shareProcessNamespace");
    }

    @Test
    void onALaptopOnlyWhatWasStartedBesideTheAgentIsMeant() throws Exception {
        Path proc = Files.createDirectory(directory.resolve("proc"));
        process(proc, 1, "init", "/sbin/init", 0);
        process(proc, 5, "nginx", "nginx: master process nginx", 1);
        process(proc, 6, "java", "java", 1);
        process(proc, 7, "sh", "/bin/sh", 6);
        process(proc, 8, "nginx", "nginx: master process nginx", 7);
        ProcessTable beside = new ProcessTable(proc, 6);

        assertThat(beside.eldest("nginx")).containsExactly(8L);
        assertThatThrownBy(() -> beside.eldest("init")).hasMessageContaining("\"init\"");
    }

    @Test
    void aPidFileThatHoldsNoneIsNamed() throws Exception {
        Files.writeString(directory.resolve("a.pid"), "-1");
        assertThatThrownBy(() -> notifier().carryOut(Notification.parse("signal:HUP:/a.pid")))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("/a.pid holds no process id");
        assertThatThrownBy(() -> notifier().carryOut(Notification.parse("signal:HUP:/b.pid")))
                .hasMessageContaining("/b.pid cannot be read");
    }

    @Test
    void runsAProgramWithItsArgumentsAsTheyAre() throws Exception {
        Path made = directory.resolve("a $(b) c");
        notifier().carryOut(new Notification.Exec(List.of("touch", made.toString())));
        assertThat(made).exists();
    }

    @Test
    void aProgramThatFailsOrIsMissingIsNamedWithoutItsArguments() {
        assertThatThrownBy(() -> notifier().carryOut(new Notification.Exec(List.of("false", "s3cret"))))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("exec:false ended with status 1")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> notifier().carryOut(new Notification.Exec(List.of("/no/such", "s3cret"))))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("/no/such")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void runsAShellCommand() throws Exception {
        Path made = directory.resolve("made");
        notifier().carryOut(new Notification.ShellCommand("echo $((1+1)) > " + made + "; echo noise"));
        assertThat(made).hasContent("2");
    }

    @Test
    void aProgramThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        Commands impatient = new Commands(Duration.ofMillis(500));
        List<String> argv = List.of("sh", "-c", "sleep 600 & echo $! > " + pid + "; wait");

        assertThatThrownBy(() -> impatient.run(argv, "it"))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("did not end within");

        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).map(ended -> ended.onExit().orTimeout(10, TimeUnit.SECONDS)))
                .satisfiesAnyOf(gone -> assertThat(gone).isEmpty(), ended -> assertThatCode(
                                () -> ended.orElseThrow().join())
                        .doesNotThrowAnyException());
    }

    @Test
    void postsToThePod() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/no") ? 405 : 204, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try {
            notifier().carryOut(Notification.parse("http:" + port + "/reload?x=1"));
            assertThat(requests).containsExactly("POST /reload?x=1");
            assertThatThrownBy(() -> notifier().carryOut(Notification.parse("http:" + port + "/no")))
                    .isInstanceOf(NotificationException.class)
                    .hasMessageContaining("status 405");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> notifier().carryOut(Notification.parse("http:" + port + "/reload")))
                .isInstanceOf(NotificationException.class)
                .hasMessageContaining("http:" + port + "/reload got no answer");
    }

    @Test
    void theThreadTriesAgainAfterAFailureAndTellsOfBoth() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        NotificationQueue queue =
                new NotificationQueue(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofSeconds(1));
        Notification reload = Notification.parse("http:1/x");
        int[] calls = {0};
        NotificationThread.Carrier failsTwice = notification -> {
            if (++calls[0] <= 2) {
                throw new NotificationException("not yet");
            }
        };
        NotificationThread.Listener listener = new NotificationThread.Listener() {
            @Override
            public void delivered(Notification notification) {
                told.add("delivered " + notification);
            }

            @Override
            public void failed(Notification notification, NotificationException reason, Duration wait) {
                told.add(reason.getMessage() + " " + wait.toMillis());
            }
        };
        try (NotificationThread thread = new NotificationThread(queue, failsTwice, listener, Clock.systemUTC())) {
            thread.changed(List.of(reload));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("not yet 5");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("not yet 10");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("delivered http:1/x");
        }
    }

    private Notifier notifier() {
        return new Notifier(directory);
    }

    /** A process of that name: the system's sleep under a link. */
    private Process sleeper(String name) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve(name), Path.of("/bin/sleep"));
        Process process = new ProcessBuilder(link.toString(), "600").start();
        started.add(process);
        // Until the program has been loaded, the process still bears the JVM's name.
        while (process.info()
                .command()
                .filter(command -> command.contains("sleep"))
                .isEmpty()) {
            Thread.onSpinWait();
        }
        return process;
    }

    private static void process(Path proc, long pid, String comm, String commandLine, long parent) throws IOException {
        Path entry = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.write(entry.resolve("comm"), (comm + "\n").getBytes(UTF_8));
        Files.write(entry.resolve("cmdline"), (commandLine + "\0--flag\0").getBytes(UTF_8));
        Files.writeString(
                entry.resolve("status"), "Name:\t" + comm + "\nPPid:\t" + parent + "\nUid:\t100\t100\t100\t100\n");
    }
}
