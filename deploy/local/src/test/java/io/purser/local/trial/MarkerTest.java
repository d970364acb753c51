package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret goes into the rendered files and nowhere else: no output, no log at any level, no argument, no variable, no name. */
class MarkerTest {

    private static final String MARKER = "MARKER-9f2c71d4-secret";
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: marked
              annotations:
                purser.io/inject: "true"
                purser.io/role: marked
                purser.io/secret-a.json: secret/data/marked
                purser.io/secret-b.env: secret/data/marked
                purser.io/format-b.env: env
                purser.io/template-c: '{{ with secret "secret/data/marked" }}{{ .Data.data.password | base64Encode }}{{ end }}'
            spec:
              containers:
                - name: app
                  image: app:1
                  command: [/bin/sh, -c, 'cat /purser/secrets/*; sleep 60']
            """;

    @TempDir
    Path folder;

    /** Looks at every process below this one and at the run directory, again and again. */
    private static final class Observer implements Runnable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Set<String> lookedAt = ConcurrentHashMap.newKeySet();
        private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

        @Override
        public void run() {
            while (!ended.get()) {
                ProcessHandle.current().descendants().forEach(process -> {
                    for (String file : List.of("cmdline", "environ")) {
                        note(Path.of("/proc", String.valueOf(process.pid()), file));
                    }
                });
                names();
                LockSupport.parkNanos(20_000_000); // then look again
            }
        }

        private void note(Path file) {
            try {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (mentions(text)) {
                    seen.add(file + ": " + text);
                }
                lookedAt.add(file.getFileName().toString());
            } catch (IOException gone) {
                // the process has ended
            }
        }

        private void names() {
            try {
                for (String directory :
                        TryRun.directories(ProcessHandle.current().pid())) {
                    try (Stream<Path> files = Files.walk(Path.of(directory))) {
                        files.map(Path::toString).filter(MarkerTest::mentions).forEach(seen::add);
                        lookedAt.add("names");
                    }
                }
            } catch (IOException | UncheckedIOException changing) {
                // looked at again in a moment
            }
        }
    }

    private static boolean mentions(String text) {
        String encoded = Base64.getEncoder().encodeToString(MARKER.getBytes(StandardCharsets.UTF_8));
        return text.contains(MARKER) || text.contains(encoded) || text.contains("9f2c71d4");
    }

    @Test
    void theSecretIsOnlyInTheRenderedFiles() throws IOException, InterruptedException {
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);
        Files.writeString(
                folder.resolve("secrets.json"),
                "{\"secret/data/marked\": {\"data\": {\"data\": {\"name\": \"n\", \"password\": \"" + MARKER
                        + "\"}}}}");
        Path out = folder.resolve("out");
        Observer observer = new Observer();
        Thread watching = new Thread(observer, "observer");
        watching.start();
        TryRun run;
        try {
            run = TryRun.of(pod, "--out", out, "--log-level", "trace", "--once");
        } finally {
            observer.ended.set(true);
            watching.join();
        }

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("DEBUG");
        assertThat(Stream.of(run.out(), run.err()).filter(MarkerTest::mentions)).isEmpty();
        assertThat(observer.lookedAt).contains("cmdline", "environ", "names");
        assertThat(observer.seen).isEmpty();
        List<String> holders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (mentions(Files.readString(file))) {
                    holders.add(file.getFileName().toString());
                }
            }
        }
        assertThat(holders).containsExactly("a.json", "b.env", "c");
    }
}
