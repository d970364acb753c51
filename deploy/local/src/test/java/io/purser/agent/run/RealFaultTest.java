package io.purser.agent.run;

import static io.purser.agent.run.RealFaultBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bettercloud.vault.json.JsonObject;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trouble at a real server, where {@code bao} or {@code vault} is on the PATH and PostgreSQL is installed. */
class RealFaultTest {

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

    /** Something that goes wrong, or is mended. */
    @FunctionalInterface
    interface Act {
        void on(RealFaultBench bench) throws Exception;
    }

    static Stream<Arguments> faults() {
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
                        RealFaultBench::allowLogin),
                fault(
                        "the policy is tightened",
                        "denied",
                        b -> b.policy("path \"none\" { capabilities = [\"read\"] }"),
                        PodUnderTest::allowRead),
                fault(
                        "the path is deleted",
                        "not_found",
                        b -> b.root().delete("secret/metadata/web"),
                        b -> b.secret("v2")),
                fault(
                        "the version is destroyed",
                        "not_found",
                        b -> b.root().put("secret/destroy/web", json("{'versions': [1]}")),
                        b -> b.secret("v2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void inMidLife(String name, String kind, Act fault, Act mend) throws Exception {
        bench.start();
        bench.eventually("all files are written", bench::written);
        fault.on(bench);
        bench.troubleFor(OUTAGE);
        assertThat(bench.log()).as("the trouble was met").contains("kind=" + kind);
        assertThat(bench.web()).as("the good file is kept").isEqualTo(PodUnderTest.content("v1"));
        assertThat(bench.db()).contains(":");
        mend.on(bench);
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void fromTheStart(String name, String kind, Act fault, Act mend) throws Exception {
        fault.on(bench);
        bench.start();
        bench.troubleFor(OUTAGE);
        assertThat(bench.log()).as("the trouble was met").contains("kind=" + kind);
        mend.on(bench);
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
    }

    @Test
    void aTokenRevokedByHandCostsOneLogin() throws Exception {
        bench.start();
        bench.eventually("written", bench::written);
        String before = bench.db();
        bench.revokeTokens();
        bench.eventually(
                "new credentials", () -> bench.db().contains(":") && !bench.db().equals(before));
        bench.assertRecovered("v3");
        assertThat(bench.tokens()).hasSize(1);
        assertThat(bench.log().split("logged in", -1)).as("two logins").hasSize(3);
        bench.assertCleanEnd();
    }

    @Test
    void aLeaseRevokedByHandIsReplaced() throws Exception {
        bench.start();
        bench.eventually("written", bench::written);
        String before = bench.db();
        bench.root().mustPut("sys/leases/revoke-prefix/database", new JsonObject());
        bench.eventually(
                "new credentials", () -> bench.db().contains(":") && !bench.db().equals(before));
        bench.assertRecovered("v3");
        bench.assertCleanEnd();
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

    private static Arguments fault(String name, String kind, Act fault, Act mend) {
        return Arguments.of(name, kind, fault, mend);
    }
}
