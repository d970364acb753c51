package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sidecar, when a secret, a template or a file changes. */
class AgentChangeTest extends AgentOnDisk {

    @Test
    void aRotationIsWrittenAndAnnouncedOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/reload", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        application.start();
        String notify = "'notifications':['http:" + application.getAddress().getPort() + "/reload']}";
        bench.file(DB.replace("}'}", "}'," + notify))
                .file(DB.replace("db", "d2").replace("kv/d2", "kv/db").replace("}'}", "}'," + notify));
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/db"));
        store.with("kv/db", "{'data':{'user':'marker-two'}}");
        AgentBench.eventually("rotated", () -> calls.get() > 0);
        assertThat(bench.read("/secrets/db")).isEqualTo("marker-two");
        assertThat(bench.read("/secrets/d2")).isEqualTo("marker-two");
        sidecar.end();
        application.stop(0);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aChangeThatNobodyHasHeardOfYetIsAnnouncedByTheNextAgent() throws Exception {
        AtomicInteger status = new AtomicInteger(503);
        AtomicInteger heard = new AtomicInteger();
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/reload", exchange -> {
            heard.addAndGet(status.get() == 204 ? 1 : 0);
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        application.start();
        bench.file(DB.replace(
                "}'}", "}','notifications':['http:" + application.getAddress().getPort() + "/reload']}"));
        AgentBench.Running first = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/db"));
        store.with("kv/db", "{'data':{'user':'marker-two'}}");
        AgentBench.eventually("kept", () -> keeps("\"announce\":[\"/secrets/db\"]"));
        AgentBench.eventually("tried in vain", () -> bench.log().contains("notification failed"));
        String crashed = bench.read("/state/state.json");
        first.end();
        bench.write("/state/state.json", crashed);

        status.set(204);
        AgentBench.Running next = bench.sidecar();
        AgentBench.eventually("heard", () -> heard.get() > 0);
        AgentBench.eventually("nothing is kept", () -> keeps("\"announce\":[]"));
        next.end();
        application.stop(0);
        assertThat(heard).hasValue(1);
    }

    private boolean keeps(String text) {
        try {
            return bench.read("/state/state.json").contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aConfigMapSwapIsSeenAndABrokenTemplateKeepsTheLastGoodFile() throws Exception {
        Path one = bench.write("/cm/..one/web.tmpl", "one {{ with secret `kv/db` }}{{ .Data.user }}{{ end }}")
                .getParent();
        Path mount = one.getParent();
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(mount.resolve("web.tmpl"), Path.of("..data/web.tmpl"));
        bench.also("'folders':[{'directory':'/cm','origin':'ConfigMap web','destination':'/secrets/web'}]");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/web/web"));
        assertThat(bench.read("/secrets/web/web")).isEqualTo("one marker-one");

        bench.write("/cm/..two/web.tmpl", "{{ broken");
        swap(mount, "..two");
        AgentBench.eventually("said", () -> bench.log().contains("render failed"));
        assertThat(bench.read("/secrets/web/web")).isEqualTo("one marker-one");
        assertThat(bench.log()).contains("ConfigMap web/web.tmpl:1:").contains("the last good file");

        bench.write("/cm/..three/web.tmpl", "three");
        swap(mount, "..three");
        AgentBench.eventually("mended", () -> contains("/secrets/web/web", "three"));
        sidecar.end();
    }

    @Test
    void aChangedFileReachesEveryFileThatIsMadeOfIt() throws Exception {
        bench.write("/templates/web", "{{ file `/podinfo/labels` }}");
        for (String name : new String[] {"one", "two"}) {
            bench.file("{'name':'" + name + "','destination':'/secrets/" + name
                    + "','templateFile':{'file':'/templates/web','origin':'ConfigMap web/web'}}");
        }
        bench.write("/podinfo/labels", "a");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> contains("/secrets/one", "a") && contains("/secrets/two", "a"));
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        bench.write("/podinfo/labels", "changed");
        AgentBench.eventually(
                "the file's change", () -> contains("/secrets/one", "changed") && contains("/secrets/two", "changed"));
        bench.write("/templates/web", "another");
        AgentBench.eventually(
                "the template's change",
                () -> contains("/secrets/one", "another") && contains("/secrets/two", "another"));
        sidecar.end();
    }

    @Test
    void aNewRefreshValueFetchesEverythingNow() throws Exception {
        bench.write("/podinfo/refresh", "1");
        bench.file(DB).also("'refresh':{'interval':'24h','refreshFile':'/podinfo/refresh'}");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/db"));
        store.with("kv/db", "{'data':{'user':'marker-two'}}");
        bench.write("/podinfo/refresh", "2");
        AgentBench.eventually("refreshed", () -> contains("/secrets/db", "marker-two"));
        store.with("kv/db", "{'data':{'user':'marker-three'}}");
        sidecar.ending().askRefresh();
        AgentBench.eventually("refreshed by signal", () -> contains("/secrets/db", "marker-three"));
        sidecar.end();
    }

    @Test
    void filesThatBelongTogetherChangeAtOnce() throws Exception {
        store.with("kv/pair", "{'data':{'cert':'cert-0','key':'key-0'}}");
        for (String name : new String[] {"cert", "key"}) {
            bench.file("{'name':'" + name + "','destination':'/secrets/tls/" + name
                    + "','mode':'0640','template':'{{ with secret `kv/pair` }}{{ .Data." + name + " }}{{ end }}'}");
        }
        bench.file(DB).also("'atomicSet':true").also("'refresh':{'interval':'1s'}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        assertThat(Files.readSymbolicLink(bench.path("/secrets/tls"))).isEqualTo(Path.of("..data/tls"));
        SetReader reader = new SetReader(bench.path("/secrets/..data"));
        reader.start();
        AgentBench.Running sidecar = bench.sidecar();
        for (int i = 1; i <= 40; i++) {
            String value = "-" + i;
            store.with("kv/pair", "{'data':{'cert':'cert" + value + "','key':'key" + value + "'}}");
            AgentBench.eventually("rotated", () -> contains("/secrets/tls/key", "key" + value));
        }
        sidecar.end();
        assertThat(reader.end()).as("pairs seen").hasSizeGreaterThan(20);
        assertThat(reader.mixed()).isEmpty();
        assertThat(bench.read("/secrets/db")).isEqualTo("marker-one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path("/secrets/tls/key"))))
                .isEqualTo("rw-r-----");
        try (Stream<Path> entries = Files.list(bench.path("/secrets"))) {
            assertThat(entries).as("link, directory, db, tls").hasSize(4);
        }
    }

    @Test
    void noneOfASetChangesWhileOneOfItCannotBeMade() throws Exception {
        store.with("kv/pair", "{'data':{'key':'one'}}");
        bench.write("/templates/web", "good");
        bench.file(
                        "{'name':'key','destination':'/secrets/key','template':'{{ with secret `kv/pair` }}{{ .Data.key }}{{ end }}'}")
                .file(
                        "{'name':'web','destination':'/secrets/web','templateFile':{'file':'/templates/web','origin':'ConfigMap web/web'}}")
                .also("'atomicSet':true")
                .also("'refresh':{'interval':'1s'}");
        assertThat(bench.once()).isEqualTo(Outcome.DONE);
        bench.write("/templates/web", "{{ broken");
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("ready with the old set", () -> status("/readyz") == 200);
        store.with("kv/pair", "{'data':{'key':'two'}}");
        int fetches = store.fetches();
        AgentBench.eventually("the new value is known", () -> store.fetches() > fetches + 2);
        assertThat(bench.log()).contains("held back file=/secrets/key by=/secrets/web");
        assertThat(bench.read("/secrets/key")).isEqualTo("one");
        bench.write("/templates/web", "mended");
        AgentBench.eventually("mended", () -> contains("/secrets/web", "mended"));
        assertThat(bench.read("/secrets/key")).isEqualTo("two");
        sidecar.end();
    }

    @Test
    void aTokenRevokedByHandMeansALoginAndNewLeases() throws Exception {
        bench.file(DB).file(LEASED);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/creds"));
        String before = bench.read("/secrets/creds");
        store.revokeByHand();
        AgentBench.eventually("replaced", () -> !contains("/secrets/creds", before));
        assertThat(store.logins()).isEqualTo(2);
        sidecar.end();
        assertThat(store.liveTokens()).isEmpty();
    }

    @Test
    void aFileThatSomebodyRemovesComesBack() throws Exception {
        bench.file(DB);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("written", () -> bench.exists("/secrets/db"));
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        Files.delete(bench.path("/secrets/db"));
        AgentBench.eventually("back", () -> contains("/secrets/db", "marker-one"));
        sidecar.end();
    }

    private static void swap(Path mount, String target) throws IOException {
        Path next = mount.resolve("..data_tmp");
        Files.createSymbolicLink(next, Path.of(target));
        Files.move(next, mount.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
