package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.StoreException.Kind;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The sidecar, when it begins on what another left behind. */
class AgentStartTest extends AgentOnDisk {

    @Test
    void aRefreshAskedForBetweenInitAndSidecarIsNotLost() throws Exception {
        bench.write("/podinfo/refresh", "1");
        bench.file(DB).also("'refresh':{'interval':'24h','refreshFile':'/podinfo/refresh'}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        store.with("kv/db", "{'data':{'user':'marker-two'}}");
        bench.write("/podinfo/refresh", "2");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("refreshed", () -> contains("/secrets/db", "marker-two"));
        sidecar.end();
    }

    @Test
    void anAgentThatMayNotGiveUpGoesOnPastItsDeadline() throws Exception {
        bench.file(DB).also("'refresh':{'exitOnRetryFailure':false}");
        store.trouble(Kind.UNREACHABLE);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("it has tried for longer than the init deadline", () -> count("login failed") > 5);
        assertThat(sidecar.outcome()).isNotDone();
        store.trouble(null);
        AgentBench.eventually("written", () -> contains("/secrets/db", "marker-one"));
        sidecar.end();
    }

    @Test
    void anOwnerThatCannotBeGivenIsSaidOnce() throws Exception {
        bench.file(
                "{'name':'w','destination':'/secrets/w','template':"
                        + "'{{ with secret `kv/db` }}{{ .Data.user | writeToFile `/secrets/beside` `web` `` `0600` }}{{ end }}'}");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> contains("/secrets/beside", "marker-one"));
        store.with("kv/db", "{'data':{'user':'marker-two'}}");
        sidecar.ending().askRefresh();
        AgentBench.eventually("rotated", () -> contains("/secrets/beside", "marker-two"));
        sidecar.end();
        assertThat(count("owner not changed")).isEqualTo(1);
        assertThat(bench.log()).contains("wanted=web");
    }

    @Test
    void aRestartedSidecarWithoutItsStateServesTheOldFilesWhileTheStoreIsAway() throws Exception {
        bench.file(DB).file(LEASED);
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        Files.delete(bench.path("/state/state.json"));
        store.trouble(Kind.UNREACHABLE);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("it has tried for longer than the init deadline", () -> count("login failed") > 5);
        assertThat(sidecar.outcome()).isNotDone();
        assertThat(bench.read("/secrets/db")).isEqualTo("marker-one");
        store.trouble(null);
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        sidecar.end();
    }

    @Test
    void aRestartedSidecarWithABrokenTemplateKeepsTheGoodFileAndIsReady() throws Exception {
        bench.write("/templates/web", "good");
        bench.file(
                "{'name':'web','destination':'/secrets/web','templateFile':{'file':'/templates/web','origin':'ConfigMap web/web'}}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        bench.write("/templates/web", "{{ broken");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        assertThat(bench.read("/secrets/web")).isEqualTo("good");
        assertThat(bench.log()).contains("the last good file");
        sidecar.end();
    }

    private static final String OF_A_FILE =
            "{'name':'f','destination':'/secrets/f','template':'{{ file `/late/file` }} {{ with secret `kv/db` }}{{ .Data.user }}{{ end }}'}";

    @Test
    void aFileThatATemplateReadsIsWaitedFor() throws Exception {
        bench.file(OF_A_FILE).file(DB);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("the other file is written", () -> contains("/secrets/db", "marker-one"));
        assertThat(sidecar.outcome()).isNotDone();
        bench.write("/late/file", "here");
        AgentBench.eventually("written", () -> contains("/secrets/f", "here marker-one"));

        Files.delete(bench.path("/late/file"));
        AgentBench.eventually("said", () -> bench.log().contains("kept=\"the last good file\""));
        assertThat(status("/readyz")).isEqualTo(200);
        bench.write("/late/file", "again");
        AgentBench.eventually("written again", () -> contains("/secrets/f", "again marker-one"));
        sidecar.end();
    }

    @Test
    void aFileThatNeverComesEndsInitAtItsDeadlineWithItsName() throws Exception {
        bench.file(OF_A_FILE);
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.sentence())
                .contains("within 30 s")
                .contains("/secrets/f: waiting for the file /late/file, which the template reads");
    }

    @Test
    void anAgentThatMayNotGiveUpWaitsForABrokenTemplateToo() throws Exception {
        bench.write("/templates/web", "{{ broken");
        bench.file(
                        "{'name':'web','destination':'/secrets/web','templateFile':{'file':'/templates/web','origin':'ConfigMap web/web'}}")
                .also("'refresh':{'exitOnRetryFailure':false}");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("said", () -> bench.log().contains("waiting for="));
        assertThat(sidecar.outcome()).isNotDone();
        bench.write("/templates/web", "mended");
        AgentBench.eventually("written", () -> contains("/secrets/web", "mended"));
        sidecar.end();
    }

    private int count(String text) {
        return bench.log().split(text, -1).length - 1;
    }
}
