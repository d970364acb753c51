package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** The init container, from nothing to files or to a sentence. */
class AgentInitTest extends AgentOnDisk {

    @Test
    void initWritesTheFilesAndLeavesItsStateToTheSidecar() throws Exception {
        bench.file(DB).file(LEASED);
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(bench.read("/secrets/db")).isEqualTo("marker-one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path("/secrets/db"))))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path("/state/state.json"))))
                .isEqualTo("rw-------");
        String password = bench.read("/secrets/creds");

        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("the sidecar is complete", () -> bench.log().split("all files written", -1).length == 3);
        assertThat(bench.read("/secrets/creds")).isEqualTo(password);
        assertThat(store.logins()).isEqualTo(1);
        assertThat(store.fetches()).isEqualTo(2);
        assertThat(sidecar.end()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).isEmpty();
        assertThat(bench.exists("/state/state.json")).isFalse();
        assertThat(bench.log()).doesNotContain("marker-");
    }

    @Test
    void initAloneRevokesItsToken() throws Exception {
        bench.file(DB).also("'lifecycle':{'sidecarFollows':false}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).isEmpty();
    }

    @Test
    void initAloneKeepsATokenThatLeasesLiveOn() throws Exception {
        bench.file(LEASED).also("'lifecycle':{'sidecarFollows':false}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).hasSize(1);
    }

    @Test
    void initAloneKeepsATokenThatTheApplicationHas() throws Exception {
        bench.file(DB).auth("'sinkFile':'/secrets/token'").also("'lifecycle':{'sidecarFollows':false}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(store.liveTokens()).hasSize(1);
    }

    @Test
    void aDirectoryInTheWayOfAFileIsNoFile() throws Exception {
        bench.file(DB).file("{'name':'d','destination':'/secrets/d','template':'x'}");
        Files.createDirectories(bench.path("/secrets/d"));
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.sentence()).contains("/secrets/d is a directory");
        assertThat(bench.log()).doesNotContain("all files written");
    }

    @Test
    void aTemplateThatIsBrokenAtInitIsAnErrorWithItsPlace() throws Exception {
        bench.write("/templates/web", "ok\n  {{ if }}");
        bench.file(
                "{'name':'web','destination':'/secrets/web','templateFile':{'file':'/templates/web','origin':'ConfigMap web/web'}}");
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.sentence()).contains("ConfigMap web/web:2:").contains("/secrets/web");
    }

    @Test
    void aSecretThatIsNotThereEndsInitAtItsDeadline() throws Exception {
        bench.file(
                "{'name':'no','destination':'/secrets/no','template':'{{ with secret `kv/none` }}{{ .Data }}{{ end }}'}");
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.sentence()).contains("within 30 s").contains("nothing is at kv/none");
        assertThat(bench.log()).contains("waiting for=");
    }

    @Test
    void aStoreThatIsAwayEndsInitAtItsDeadlineAsSomethingOutside() throws Exception {
        bench.file(DB);
        store.trouble(Kind.UNREACHABLE);
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.sentence()).contains("logging in failed");
    }
}
