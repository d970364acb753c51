package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose templates are the keys of ConfigMaps. */
class AgentFolderTest extends AgentOnDisk {

    @BeforeEach
    void folders() {
        bench.also("'folders':[{'directory':'/cm/a','origin':'ConfigMap a','destination':'/secrets'},"
                + "{'directory':'/cm/b','origin':'ConfigMap b','destination':'/secrets'}]");
    }

    @Test
    void twoKeysOfOneFileAreAnErrorThatNamesThem() throws Exception {
        bench.write("/cm/a/web", "one");
        bench.write("/cm/a/web.tmpl", "two");
        bench.write("/cm/b/other", "other");
        Outcome outcome = bench.once();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.sentence())
                .contains("/secrets/web")
                .contains("ConfigMap a/web and ConfigMap a/web.tmpl make the same file")
                .contains("remove or rename");
        assertThat(bench.exists("/secrets/web")).isFalse();
    }

    @Test
    void equalKeysOfTwoConfigMapsAreAnErrorToo() throws Exception {
        bench.write("/cm/a/web.tmpl", "one");
        bench.write("/cm/b/web.ctmpl", "two");
        assertThat(bench.once().sentence()).contains("ConfigMap a/web.tmpl and ConfigMap b/web.ctmpl");
    }

    @Test
    void aKeyThatClashesLaterKeepsTheFileUntilOneOfTheTwoGoes() throws Exception {
        bench.write("/cm/a/web.tmpl", "one");
        bench.write("/cm/b/other", "other");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> contains("/secrets/web", "one"));
        bench.write("/cm/a/web", "two");
        AgentBench.eventually("said", () -> bench.log().contains("render failed"));
        bench.write("/cm/a/web.tmpl", "one, changed");
        bench.write("/cm/b/other", "changed after it");
        AgentBench.eventually("the next look", () -> contains("/secrets/other", "changed after it"));
        assertThat(bench.read("/secrets/web")).isEqualTo("one");
        assertThat(status("/readyz")).isEqualTo(200);

        Files.delete(bench.path("/cm/a/web.tmpl"));
        AgentBench.eventually("the other one", () -> contains("/secrets/web", "two"));
        assertThat(sidecar.end()).isEqualTo(Outcome.DONE);
        assertThat(bench.log().split("render failed", -1)).hasSize(2);
        assertThat(bench.log().split("template changed", -1))
                .as("said once, of the other one")
                .hasSize(2);
    }

    @Test
    void aKeyThatIsGoneLeavesItsFile() throws Exception {
        bench.write("/cm/a/web", "one");
        bench.write("/cm/a/second", "second");
        bench.write("/cm/b/other", "other");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> contains("/secrets/web", "one"));
        Files.delete(bench.path("/cm/a/web"));
        AgentBench.eventually("said", () -> bench.log().contains("template gone"));
        assertThat(bench.read("/secrets/web")).isEqualTo("one");
        sidecar.end();
    }
}
