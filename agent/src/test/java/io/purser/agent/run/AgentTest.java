package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {

    private static final String DB =
            "{'name':'db','destination':'/secrets/db','mode':'0640','template':'{{ with secret `kv/db` }}{{ .Data.user }}{{ end }}'}";
    private static final String LEASED =
            "{'name':'creds','destination':'/secrets/creds','template':'{{ with secret `db/creds` }}{{ .Data.password }}{{ end }}'}";

    @TempDir
    private Path root;

    private final FakeStore store = new FakeStore();
    private AgentBench bench;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(root.resolve("secrets"));
        Files.createDirectories(root.resolve("state"));
        bench = new AgentBench(root, store);
        store.with("kv/db", "{'data':{'user':'marker-one'}}");
        store.with(
                "db/creds",
                "{'lease_id':'$LEASE','lease_duration':600,'renewable':true,'data':{'password':'marker-$LEASE'}}");
    }

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

    @Test
    void probesAndMetricsTellTheTruth() throws Exception {
        bench.file(DB).also("'lifecycle':{'initDeadline':'24h'}");
        store.trouble(Kind.UNAVAILABLE);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("listening", () -> status("/livez") == 200);
        AgentBench.eventually("the reason is told", () -> body("/readyz").contains("logging in failed"));
        assertThat(status("/readyz")).isEqualTo(503);
        store.trouble(null);
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        assertThat(body("/metrics"))
                .contains("purser_agent_ready 1\n")
                .contains("purser_store_requests_total{operation=\"login\"}")
                .contains("purser_failures_total{operation=\"login\",kind=\"unavailable\"}")
                .contains("purser_writes_total{file=\"/secrets/db\"} 1\n");
        assertThat(status("/nothing")).isEqualTo(404);
        sidecar.end();
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(bench.port), 0);
        Outcome outcome = bench.file(DB).sidecar().outcome().get();
        other.stop(0);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.sentence())
                .contains("cannot listen on port " + bench.port)
                .doesNotContain("null");
    }

    private int count(String text) {
        return bench.log().split(text, -1).length - 1;
    }

    private static void swap(Path mount, String target) throws IOException {
        Path next = mount.resolve("..data_tmp");
        Files.createSymbolicLink(next, Path.of(target));
        Files.move(next, mount.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean contains(String path, String text) {
        try {
            return bench.read(path).equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private String body(String path) {
        try {
            return get(path).body();
        } catch (IOException e) {
            return "";
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bench.port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
