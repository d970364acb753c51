package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.local.store.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Trouble of every kind, for minutes of the agent's clock each: no half file, no lost good file, recovery without a restart,
 * at most thirty requests a minute, and nothing left at the store after the end.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultTest extends FaultContract<FaultBench> {

    /** Ten minutes with {@code -Pfaults}. */
    private static final Duration OUTAGE = Duration.ofMinutes(Long.getLong("purser.faults.minutes", 2));

    @TempDir
    private Path pod;

    private FaultBench bench;

    @BeforeEach
    void layOut() throws IOException {
        bench = new FaultBench(pod);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Override
    FaultBench bench() {
        return bench;
    }

    @Override
    Duration outage() {
        return OUTAGE;
    }

    @Override
    void answersMayBeLost() {
        bench.tokensOfLostAnswersMayOutliveUs();
    }

    @Override
    void assertTwoLogins() {
        assertThat(bench.store.census().issuedTokens()).isEqualTo(2);
    }

    static Stream<Arguments> faults() {
        return Stream.concat(ofTheStore(), ofTheSecret());
    }

    private static Stream<Arguments> ofTheStore() {
        return Stream.of(
                fault("the server is down", "unreachable", b -> b.store.hang(), b -> b.store.resume()),
                fault(
                        "the server is sealed",
                        "unavailable",
                        b -> b.store.faults().seal(),
                        b -> b.store.faults().clear()),
                answers(
                        "it says 429 to everything",
                        "rate_limited",
                        new Faults.Status(429, "{\"errors\":[\"quota\"]}")),
                answers(
                        "it says 500 to everything",
                        "unavailable",
                        new Faults.Status(500, "{\"errors\":[\"internal error\"]}")),
                answers("it says 412 to everything", "unavailable", new Faults.Status(412, "{\"errors\":[]}")),
                answers("it says 400 to everything", "", new Faults.Status(400, "{\"errors\":[\"what\"]}")),
                answers("it is slow", "", new Faults.Delay(Duration.ofMillis(300))),
                answers("its answers are cut off", "", new Faults.Truncate()),
                answers("connections drop without an answer", "unreachable", new Faults.Drop()),
                answers("a proxy answers with HTML", "malformed", new Faults.Status(200, "<html>maintenance</html>")),
                fault(
                        "the role is deleted and the token revoked",
                        "denied",
                        b -> {
                            b.root.delete("auth/kubernetes/role/web");
                            b.revokeTokens();
                        },
                        FaultBench::allowLogin));
    }

    @Test
    void manyPathsOfNothingStarveNobodyAndStayWithinTheBudget() throws Exception {
        for (int i = 0; i < 40; i++) {
            bench.fileOfNothing("n" + i);
        }
        bench.start();
        bench.eventually("what is there is written", bench::written);
        bench.troubleFor(Duration.ofMinutes(10));
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @Test
    void answersThatNeverEndAreGivenUp() throws Exception {
        bench.start();
        bench.eventually("written", bench::written);
        bench.store.faults().add("", new Faults.Drip(Duration.ofMillis(300)), Integer.MAX_VALUE);
        bench.eventually("given up", () -> bench.log().contains("the answer did not end"));
        bench.store.faults().clear();
        assertThat(bench.web()).isEqualTo(FaultBench.content("v1"));
        bench.assertRecovered("v3");
        bench.tokensOfLostAnswersMayOutliveUs();
        bench.assertCleanEnd();
    }

    @Test
    void theStoresClockJumpsAnHourAhead() throws Exception {
        bench.start();
        bench.eventually("written", bench::written);
        bench.storeClock.jump(Duration.ofHours(1));
        bench.troubleFor(OUTAGE);
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @Test
    void theStoresClockJumpsAnHourBack() throws Exception {
        bench.start();
        bench.eventually("written", bench::written);
        bench.storeClock.jump(Duration.ofHours(-1));
        bench.troubleFor(OUTAGE);
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @Test
    void theVolumeIsReadOnlyForAWhile() throws Exception {
        Path real = pod.resolve("real");
        Files.move(pod.resolve("secrets"), real);
        Files.createSymbolicLink(pod.resolve("secrets"), real);
        bench.start();
        bench.eventually("written", () -> bench.log().contains("all files written"));
        Files.delete(pod.resolve("secrets"));
        Files.createSymbolicLink(pod.resolve("secrets"), Path.of("/proc/self"));
        bench.secret("v2");
        bench.eventually("said", () -> bench.log().contains("write failed"));
        bench.troubleFor(Duration.ofMinutes(3));
        assertThat(Files.readString(real.resolve("web"))).isEqualTo(FaultBench.content("v1"));
        Files.delete(pod.resolve("secrets"));
        Files.createSymbolicLink(pod.resolve("secrets"), real);
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @Test
    void templatesChangeWhileTheyAreRendered() throws Exception {
        bench.start();
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            boolean plain = random.nextBoolean();
            bench.template(
                    plain
                            ? "plain " + i
                            : "{{ with secret \"secret/web\" }}{{ .Data.data.v }}{{ .Data.data.fill }}{{ .Data.data.v }}{{ end }}");
            LockSupport.parkNanos(random.nextInt(30_000_000));
        }
        bench.template("plain end");
        bench.eventually("the last template is rendered", () -> bench.web().equals("plain end"));
        bench.assertCleanEnd();
    }

    @Test
    void anEndAtAnyMomentLeavesNothing() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < Integer.getInteger("purser.faults.ends", 8); i++) {
            bench.start();
            LockSupport.parkNanos(random.nextInt(300_000_000));
            bench.assertCleanEnd();
        }
    }

    /** @param kind of the failure that the log must show; empty where there is none, or one of several */
    private static Arguments fault(String name, String kind, Act<FaultBench> fault, Act<FaultBench> mend) {
        return Arguments.of(name, kind, fault, mend);
    }

    private static Arguments answers(String name, String kind, Faults.Fault fault) {
        return fault(name, kind, bench -> bench.store.faults().add("", fault, Integer.MAX_VALUE), bench -> bench.store
                .faults()
                .clear());
    }
}
