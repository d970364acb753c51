package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The port for probes and metrics. */
class AgentListenerTest extends AgentOnDisk {

    @Test
    void probesAndMetricsTellTheTruth() throws Exception {
        bench.file(DB).also("'lifecycle':{'initDeadline':'24h'}");
        store.trouble(Kind.UNAVAILABLE);
        AgentBench.Running sidecar = bench.sidecar();
        AgentBench.eventually("listening", () -> status("/livez") == 200);
        AgentBench.eventually("the reason is told", () -> body("/readyz").contains("logging in failed"));
        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(status("/readyz?wait")).isEqualTo(503);
        store.trouble(null);
        AgentBench.eventually("ready", () -> status("/readyz") == 200);
        assertThat(status("/readyz?wait")).isEqualTo(200);
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

    private String body(String path) {
        try {
            return get(path).body();
        } catch (IOException e) {
            return "";
        }
    }
}
