package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What becomes of the agent's token, and of those that templates make, over an agent's life. */
class AgentTokenTest extends AgentOnDisk {

    private static final String CHILD =
            "{'name':'child','destination':'/secrets/child','template':'{{ with secret `auth/token/create` `policies=web` }}{{ .Auth.ClientToken }}{{ end }}'}";

    private void givesChildren(String more) {
        store.with(
                "PUT auth/token/create policies=web",
                "{'auth':{'client_token':'marker-child-$LEASE','accessor':'acc','lease_duration':120," + more + "}}");
    }

    @Test
    void initAloneKeepsATokenThatATemplatesTokenLivesOn() throws Exception {
        givesChildren("'renewable':true");
        bench.file(CHILD).also("'lifecycle':{'sidecarFollows':false}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).containsExactlyInAnyOrder("s.marker-token-1", bench.read("/secrets/child"));
        assertThat(bench.log()).contains("token kept").doesNotContain("marker-");
    }

    @Test
    void initAloneNeedsNoTokenForOneWithoutAParent() throws Exception {
        givesChildren("'renewable':true,'orphan':true");
        bench.file(CHILD).also("'lifecycle':{'sidecarFollows':false}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).containsExactly(bench.read("/secrets/child"));
    }

    @Test
    void aTemplatesTokenIsRenewedAndHandedOver() throws Exception {
        givesChildren("'renewable':true,'policies':['web'],'metadata':{'a':'b'}");
        bench.file(CHILD);
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        String child = bench.read("/secrets/child");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("renewed", () -> store.renewed().contains(child));
        assertThat(bench.read("/secrets/child")).isEqualTo(child);
        assertThat(store.fetches()).isEqualTo(1);
        assertThat(sidecar.end()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).isEmpty();
        assertThat(store.logins()).isEqualTo(1);
    }

    @Test
    void aTemplatesTokenThatCannotBeRenewedIsMadeAnewInTimeAndTheOldOneEnds() throws Exception {
        givesChildren("'renewable':false");
        bench.file(CHILD).also("'refresh':{'interval':'10s'}");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/child"));
        String first = bench.read("/secrets/child");
        AgentBench.eventually("replaced", () -> !contains("/secrets/child", first));
        assertThat(store.fetches()).as("no sooner than its life asks for").isEqualTo(2);
        AgentBench.eventually("the old one ends", () -> !store.liveTokens().contains(first));
        sidecar.end();
        assertThat(store.liveTokens()).isEmpty();
    }

    @Test
    void aTemplatesTokenThatDiedIsMadeAnewWithoutALogin() throws Exception {
        givesChildren("'renewable':true");
        bench.file(CHILD);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/child"));
        String first = bench.read("/secrets/child");
        store.end(first);
        AgentBench.eventually("replaced", () -> !contains("/secrets/child", first));
        assertThat(store.logins()).isEqualTo(1);
        sidecar.end();
    }

    @Test
    void aPodThatWantsNothingButTheTokenGetsIt() throws Exception {
        bench.auth("'sinkFile':'/secrets/token'");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(bench.read("/secrets/token")).isEqualTo("s.marker-token-1");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        assertThat(sidecar.end()).isEqualTo(Outcome.DONE);
        assertThat(store.logins()).isEqualTo(1);
        assertThat(store.liveTokens()).isEmpty();
    }

    @Test
    void aTokenFileThatCannotBeWrittenIsTriedAgain() throws Exception {
        bench.file(DB).auth("'sinkFile':'/secrets/token'");
        Files.createDirectories(bench.path("/secrets/token"));
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.sentence()).contains("/secrets/token is a directory");

        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("said", () -> bench.log().split("token file not written", -1).length == 3);
        assertThat(status("/readyz")).isEqualTo(503);
        Files.delete(bench.path("/secrets/token"));
        AgentBench.eventually("written", () -> contains("/secrets/token", "s.marker-token-1"));
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        sidecar.end();
        assertThat(bench.log().split("token file not written", -1))
                .as("said once by each")
                .hasSize(3);
    }

    @Test
    void aTokenThatCannotBeRevokedIsNotAskedForIt() throws Exception {
        store.givesIrrevocableTokens();
        bench.file(DB);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("replaced", () -> store.logins() > 2);
        assertThat(sidecar.end()).isEqualTo(Outcome.DONE);
        assertThat(store.endedByHand()).isEmpty();
        assertThat(bench.log()).contains("token kept").doesNotContain("WARN").doesNotContain("revoke failed");
        assertThat(bench.exists("/state/state.json")).isFalse();
    }
}
