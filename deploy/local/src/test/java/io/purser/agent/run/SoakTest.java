package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's process under rotation: a static secret every two seconds with a notification for each, database credentials every ten, a
 * login every minute, probes every two seconds. Nothing grows. Two hours with {@code -Pfaults}; the distribution with
 * {@code -Dpurser.agent.program=agent/target/dist/bin/purser-agent}.
 */
class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("purser.soak.seconds", 20));
    private static final Duration ROTATION = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    /** One look at the process. */
    private record Sample(long second, long rss, long threads, long descriptors) {}

    @Test
    void nothingGrows() throws Exception {
        FaultBench bench = new FaultBench(Files.createDirectories(directory.resolve("pod")), 1);
        shortLives(bench);
        String config = bench.config("1s")
                .replace("\"name\": \"web\",", "\"name\": \"web\", \"notifications\": [\"exec:[\\\"/bin/true\\\"]\"],")
                .replace("\"debug\"", "\"info\"");
        AgentProcess agent = AgentProcess.start(bench.pod, config, directory.resolve("agent.log"));
        List<Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        int rotations = 0;
        int missed = 0;
        while (System.nanoTime() - start < LENGTH.toNanos()) {
            bench.secret("v" + ++rotations);
            LockSupport.parkNanos(ROTATION.toNanos());
            missed += probe(bench);
            long second = (System.nanoTime() - start) / 1_000_000_000L;
            samples.add(new Sample(second, agent.status("VmRSS"), agent.status("Threads"), agent.descriptors()));
            keep(samples, bench);
        }
        String last = FaultBench.content("v" + rotations);
        bench.eventually("the last value is in the file", () -> bench.web().equals(last));
        assertThat(bench.store.census().issuedLeases())
                .as("credentials made")
                .isGreaterThan((int) LENGTH.toSeconds() / 30);
        assertThat(agent.terminate()).isZero();
        assertFlat(samples);
        assertThat(missed).as("probes that failed, at the start").isLessThan(10);
        assertThat(agent.log()).contains("notified").doesNotContain("WARN", "ERROR");
        bench.assertNothingLeft();
        bench.close();
    }

    private static void assertFlat(List<Sample> samples) {
        Sample settled = samples.get(samples.size() / 2);
        Sample last = samples.get(samples.size() - 1);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(settled.threads() + 2);
        assertThat(last.descriptors()).as("descriptors").isLessThanOrEqualTo(settled.descriptors() + 4);
        assertThat(last.rss()).as("kB resident").isLessThan(settled.rss() * 5 / 4);
        assertThat(last.rss())
                .as("kB resident")
                .isLessThan(75_000); // the heap may grow by 32 MiB; an idle agent gives it back
    }

    /** Leases, and the token with them, come to their end again and again. */
    private static void shortLives(FaultBench bench) throws IOException {
        bench.root.mustPut(
                "database/roles/web",
                new JsonObject()
                        .add("db_name", "shop")
                        .add("creation_statements", new JsonArray().add("CREATE ROLE \"{{name}}\""))
                        .add("default_ttl", "6s")
                        .add("max_ttl", "15s"));
        bench.allowLogin("20s", "60s");
    }

    /** What the kubelet and Prometheus do. */
    private static int probe(FaultBench bench) throws IOException {
        int missed = 0;
        for (String page : List.of("/readyz", "/metrics")) {
            URL url = URI.create("http://127.0.0.1:" + bench.port() + page).toURL();
            try (InputStream answer = url.openStream()) {
                answer.readAllBytes();
            } catch (IOException e) {
                missed++; // not up, or not ready yet
            }
        }
        return missed;
    }

    /** The samples, for who wants to see the curve: second, kB resident, threads, descriptors, credentials and tokens made. */
    private static void keep(List<Sample> samples, FaultBench bench) throws IOException {
        String file = System.getProperty("purser.soak.file");
        Sample last = samples.get(samples.size() - 1);
        boolean minute = samples.size() == 1 || samples.get(samples.size() - 2).second() / 60 < last.second() / 60;
        if (file != null && minute) {
            String line = String.format(
                    "%d,%d,%d,%d,%d,%d%n",
                    last.second(),
                    last.rss(),
                    last.threads(),
                    last.descriptors(),
                    bench.store.census().issuedLeases(),
                    bench.store.census().issuedTokens());
            Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
