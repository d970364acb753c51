package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process: its signals, its exit codes, and what it leaves behind when it is killed. */
class ProcessTest {

    /** Fifty with {@code -Pfaults}. */
    private static final int ENDS = Integer.getInteger("purser.faults.ends", 3);

    @TempDir
    private Path directory;

    private Path log;
    private FaultBench bench;

    @BeforeEach
    void layOut() throws IOException {
        Path pod = Files.createDirectories(directory.resolve("pod"));
        log = directory.resolve("agent.log");
        bench = new FaultBench(pod, 1);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void initAndSidecarMakeOneLoginAndOneCredential() throws Exception {
        AgentProcess init = AgentProcess.start(bench.pod, bench.config("1m"), log, "--once");
        assertThat(init.exit()).isZero();
        String credentials = bench.db();
        AgentProcess sidecar = AgentProcess.start(bench.pod, bench.config("1m"), log);
        eventually(() -> sidecar.log().contains("started") && sidecar.log().split("all files written", -1).length == 3);
        assertThat(bench.db()).isEqualTo(credentials);
        assertThat(bench.store.census().issuedTokens()).isEqualTo(1);
        assertThat(bench.store.census().issuedLeases()).isEqualTo(1);
        assertThat(sidecar.terminate()).isZero();
        bench.assertNothingLeft();
    }

    /** Equality that records leave to the compiler is spun at its first use: a twentieth of a start. */
    @Test
    void initSpinsNoMethodsOfRecords() throws Exception {
        Path classes = directory.resolve("classes.log");
        List<String> listed = List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load=info:file=" + classes);
        AgentProcess init = AgentProcess.start(listed, bench.pod, bench.config("1m"), log, "--once");
        assertThat(init.exit()).isZero();
        assertThat(Files.readString(classes))
                .contains(AgentLoop.class.getName())
                .doesNotContain("java.lang.runtime.ObjectMethods");
    }

    @Test
    void aNativeSidecarThatIsKilledAndStartedAgainMakesOneLoginAndOneCredential() throws Exception {
        AgentProcess first = AgentProcess.start(bench.pod, bench.config("1m"), log);
        eventually(() -> first.log().contains("all files written"));
        String credentials = bench.db();
        first.kill();
        AgentProcess second = AgentProcess.start(bench.pod, bench.config("1m"), log);
        eventually(() -> second.log().split("all files written", -1).length == 3);
        assertThat(bench.db()).isEqualTo(credentials);
        assertThat(bench.store.census().issuedTokens()).isEqualTo(1);
        assertThat(bench.store.census().issuedLeases()).isEqualTo(1);
        assertThat(second.terminate()).isZero();
        bench.assertNothingLeft();
    }

    @Test
    void sigtermAtAnyMomentLeavesNothing() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < ENDS; i++) {
            AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1s"), log);
            LockSupport.parkNanos(random.nextInt(2_000) * 1_000_000L);
            int code = agent.terminate();
            assertThat(code).as(agent.log()).isIn(0, 143); // 143 before the JVM has come to the agent
            bench.assertNothingLeft();
        }
    }

    @Test
    void sigkillAtAnyMomentLeavesAtMostOneToken() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < ENDS; i++) {
            AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1s"), log);
            LockSupport.parkNanos(random.nextInt(2_500) * 1_000_000L);
            agent.kill();
        }
        AgentProcess last = AgentProcess.start(bench.pod, bench.config("1s"), log);
        eventually(() -> bench.db().contains(":") && !bench.web().isEmpty());
        bench.secret("v9");
        eventually(() -> bench.web().equals(FaultBench.content("v9")));
        assertThat(last.terminate()).isZero();
        // Only a kill between a login's answer and its keeping leaves a token that the next start does not take over.
        assertThat(bench.store.census().liveTokens())
                .as("tokens that no start took over")
                .isLessThanOrEqualTo(1 + ENDS / 10);
        bench.storeClock.jump(Duration.ofMinutes(21));
        bench.assertNothingLeft();
    }

    @Test
    void hangUpFetchesEverything() throws Exception {
        AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1h"), log);
        eventually(() -> !bench.web().isEmpty());
        bench.secret("v2");
        new ProcessBuilder("kill", "-HUP", String.valueOf(agent.pid())).start().waitFor();
        eventually(() -> bench.web().equals(FaultBench.content("v2")));
        assertThat(agent.terminate()).isZero();
    }

    @Test
    void aFullVolumeKeepsTheGoodFileAndIsMended() throws Exception {
        assumeThat(mayMount()).as("this user may mount a memory volume").isTrue();
        String volume = bench.pod.resolve("secrets").toString();
        List<String> small = List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=64k,mode=0777 tmpfs \"$0\" && exec \"$@\"",
                volume);
        AgentProcess agent = AgentProcess.start(small, bench.pod, bench.config("1s"), log);
        Path seen = Path.of("/proc/" + agent.pid() + "/root" + volume);
        eventually(() -> agent.log().contains("all files written"));
        Path filler = seen.resolve("core");
        assertThatThrownBy(() -> Files.write(filler, new byte[100_000])).isInstanceOf(IOException.class);
        bench.secret("v2");
        eventually(() -> agent.log().contains("is full"));
        assertThat(Files.readString(seen.resolve("web"))).isEqualTo(FaultBench.content("v1"));
        Files.delete(filler);
        eventually(() -> Files.readString(seen.resolve("web")).equals(FaultBench.content("v2")));
        assertThat(agent.terminate()).isZero();
    }

    private static boolean mayMount() throws Exception {
        return new ProcessBuilder(
                                "unshare",
                                "-rm",
                                "sh",
                                "-c",
                                "mount -t tmpfs tmpfs /mnt && test -r /proc/self/root/mnt")
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void misuseAndABadConfigurationHaveTheirExitCodes() throws Exception {
        assertThat(AgentProcess.start(bench.pod, "{}", log, "--colour").exit()).isEqualTo(2);
        AgentProcess bad = AgentProcess.start(bench.pod, "{\"version\": 1, \"stor\": {}}", log);
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.log()).contains("unknown argument --colour").contains("did you mean store?");
    }

    /** A condition that may read files. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    private void eventually(Condition condition) {
        BooleanSupplier quiet = () -> {
            try {
                return condition.holds();
            } catch (IOException e) {
                return false;
            }
        };
        long end = System.nanoTime() + 60_000_000_000L;
        while (!quiet.getAsBoolean()) {
            assertThat(System.nanoTime()).as(logText()).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String logText() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }
}
