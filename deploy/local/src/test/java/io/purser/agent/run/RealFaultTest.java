package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.purser.local.store.PostgresServer;
import io.purser.local.store.RealStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** Trouble at a real server, where {@code bao} or {@code vault} is on the PATH and PostgreSQL is installed. */
class RealFaultTest extends FaultContract<RealFaultBench> {

    /** By the agent's clock. */
    private static final Duration OUTAGE = Duration.ofMinutes(Long.getLong("purser.faults.real.minutes", 2));

    private static final int ENDS = Integer.getInteger("purser.faults.ends", 3);

    private static PostgresServer postgres;

    @TempDir
    private Path directory;

    private RealFaultBench bench;

    @BeforeAll
    static void startPostgres() throws IOException {
        assumeTrue(RealStore.program().isPresent(), "neither bao nor vault is on the PATH");
        Optional<Path> programs = PostgresServer.programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        postgres = PostgresServer.start(programs.get());
    }

    @AfterAll
    static void stopPostgres() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void layOut() throws Exception {
        bench = new RealFaultBench(RealStore.program().orElseThrow(), directory, postgres, RealFaultBench.SPEED);
    }

    @AfterEach
    void close() throws Exception {
        if (bench != null) {
            bench.close();
        }
    }

    @Override
    RealFaultBench bench() {
        return bench;
    }

    @Override
    Duration outage() {
        return OUTAGE;
    }

    @Override
    void assertTwoLogins() throws IOException {
        assertThat(bench.tokens()).hasSize(1);
        assertThat(bench.log().split("logged in", -1)).as("two logins").hasSize(3);
    }

    static Stream<Arguments> faults() {
        return Stream.concat(ofTheStore(), ofTheSecret());
    }

    private static Stream<Arguments> ofTheStore() {
        return Stream.of(
                fault("the server is killed", "unreachable", RealFaultBench::killServer, RealFaultBench::startServer),
                fault("the server is sealed", "unavailable", RealFaultBench::seal, RealFaultBench::unseal),
                fault(
                        "a quota is used up",
                        "rate_limited",
                        b -> {
                            b.quota("secret");
                            b.quota("auth/cluster");
                        },
                        b -> {
                            b.root().delete("sys/quotas/rate-limit/secret");
                            b.root().delete("sys/quotas/rate-limit/auth-cluster");
                        }),
                fault(
                        "the role is deleted and the token revoked",
                        "denied",
                        b -> {
                            b.root().delete("auth/cluster/role/web");
                            b.revokeTokens();
                        },
                        RealFaultBench::allowLogin));
    }

    @Test
    void anEndOfTheProcessAtAnyMomentLeavesNothing() throws Exception {
        Path log = directory.resolve("agent.log");
        Random random = new Random(1);
        for (int i = 0; i < ENDS; i++) {
            AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1s"), log);
            LockSupport.parkNanos(random.nextInt(2_500) * 1_000_000L);
            assertThat(agent.terminate()).as(agent.log()).isIn(0, 143); // 143 before the JVM has come to the agent
            bench.assertNothingLeft();
        }
    }

    @Test
    void aKillOfTheProcessAtAnyMomentLeavesAtMostOneToken() throws Exception {
        Path log = directory.resolve("agent.log");
        Random random = new Random(2);
        for (int i = 0; i < ENDS; i++) {
            AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1s"), log);
            LockSupport.parkNanos(random.nextInt(2_500) * 1_000_000L);
            agent.kill();
        }
        AgentProcess last = AgentProcess.start(bench.pod, bench.config("1s"), log);
        RealFaultBench.await("the next start has all files", bench::written);
        bench.secret("v9");
        RealFaultBench.await("and follows", () -> bench.web().equals(PodUnderTest.content("v9")));
        assertThat(last.terminate()).isZero();
        assertThat(bench.tokens()).as("tokens that no start took over").hasSizeLessThanOrEqualTo(1 + ENDS / 10);
        bench.assertNothingLeftAtTheEndOfATokensLife();
        bench.assertNothingLeft();
    }

    private static Arguments fault(String name, String kind, Act<RealFaultBench> fault, Act<RealFaultBench> mend) {
        return Arguments.of(name, kind, fault, mend);
    }
}
