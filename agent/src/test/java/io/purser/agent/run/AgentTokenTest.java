package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

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
