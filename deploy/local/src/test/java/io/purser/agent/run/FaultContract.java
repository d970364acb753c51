package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in trouble at any store. A class that extends it names its faults in a static method {@code faults}, of which
 * {@link #ofTheSecret()} gives those that every store has.
 *
 * @param <B> the pod and its store
 */
abstract class FaultContract<B extends PodUnderTest> {

    /** Something that goes wrong, or is mended. */
    @FunctionalInterface
    interface Act<B extends PodUnderTest> {
        void on(B bench) throws Exception;
    }

    abstract B bench();

    /** How long the trouble lasts, by the agent's clock. */
    abstract Duration outage();

    /** Two tokens were given out. */
    abstract void assertTwoLogins() throws IOException;

    /** A login may have been carried out though its answer was lost. */
    void answersMayBeLost() {}

    static Stream<Arguments> ofTheSecret() {
        return Stream.of(
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
                        b -> b.root()
                                .put("secret/destroy/web", new JsonObject().add("versions", new JsonArray().add(1))),
                        b -> b.secret("v2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void inMidLife(String name, String kind, Act<B> fault, Act<B> mend) throws Exception {
        bench().start();
        bench().eventually("all files are written", bench()::written);
        fault.on(bench());
        bench().troubleFor(outage());
        assertMet(kind);
        assertThat(bench().web()).as("the good file is kept").isEqualTo(PodUnderTest.content("v1"));
        assertThat(bench().db()).contains(":");
        mend.on(bench());
        bench().assertRecovered("v3");
        bench().assertCleanEnd();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void fromTheStart(String name, String kind, Act<B> fault, Act<B> mend) throws Exception {
        fault.on(bench());
        bench().start();
        bench().troubleFor(outage());
        assertMet(kind);
        mend.on(bench());
        bench().assertRecovered("v3");
        answersMayBeLost();
        bench().assertCleanEnd();
    }

    private void assertMet(String kind) {
        assertThat(bench().log()).as("the trouble was met").contains(kind.isEmpty() ? "" : "kind=" + kind);
    }

    @Test
    void aTokenRevokedByHandCostsOneLogin() throws Exception {
        String before = credentials();
        bench().revokeTokens();
        assertReplaced(before);
        bench().assertRecovered("v3");
        assertTwoLogins();
        bench().assertCleanEnd();
    }

    @Test
    void aLeaseRevokedByHandIsReplaced() throws Exception {
        String before = credentials();
        bench().root().mustPut("sys/leases/revoke-prefix/database", new JsonObject());
        assertReplaced(before);
        bench().assertRecovered("v3");
        bench().assertCleanEnd();
    }

    private String credentials() throws Exception {
        bench().start();
        bench().eventually("written", bench()::written);
        return bench().db();
    }

    private void assertReplaced(String before) {
        bench().eventually(
                        "new credentials",
                        () -> bench().db().contains(":") && !bench().db().equals(before));
    }

    private static Arguments fault(String name, String kind, Act<PodUnderTest> fault, Act<PodUnderTest> mend) {
        return Arguments.of(name, kind, fault, mend);
    }
}
