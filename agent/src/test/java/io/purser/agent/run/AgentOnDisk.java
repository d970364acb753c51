package io.purser.agent.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An agent on real files, with a store in memory that holds one secret of each kind. */
abstract class AgentOnDisk {

    static final String DB =
            "{'name':'db','destination':'/secrets/db','mode':'0640','template':'{{ with secret `kv/db` }}{{ .Data.user }}{{ end }}'}";
    static final String LEASED =
            "{'name':'creds','destination':'/secrets/creds','template':'{{ with secret `db/creds` }}{{ .Data.password }}{{ end }}'}";

    @TempDir
    Path root;

    final FakeStore store = new FakeStore();
    AgentBench bench;

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

    boolean contains(String path, String text) {
        try {
            return bench.read(path).equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException {
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
