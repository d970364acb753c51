package io.purser.local.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purser.agent.config.AgentConfig;
import io.purser.local.cluster.ApiServer;
import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.kubelet.PodSandbox;
import io.purser.local.kubelet.PodVolumes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The main job on a laptop: pods through the real webhook, their agents as processes, their secrets as files. */
final class Trial implements AutoCloseable {

    private static final Duration ROTATION_SEEN = Duration.ofSeconds(30);
    private static final Duration JOB = Duration.ofSeconds(30);

    private final TrialOptions options;
    private final Console console;
    private final TrialStore store;
    private final TokenIssuer issuer;
    private final RunDirectory directory;
    private final List<PodTrial> pods = new CopyOnWriteArrayList<>();

    /**
     * A trial that has its store.
     *
     * @param issuer signs the pods' tokens
     */
    Trial(TrialOptions options, Console console, TrialStore store, TokenIssuer issuer) throws IOException {
        this.options = options;
        this.console = console;
        this.store = store;
        this.issuer = issuer;
        this.directory = RunDirectory.create();
    }

    /** Runs it to its end. */
    void run(Manifests manifests) throws TrialException, InvalidManifestException, IOException, InterruptedException {
        console.step("store", store.description());
        try (LocalWebhook webhook = LocalWebhook.start(directory.path().resolve("webhook"), store, options.sidecar())) {
            console.step("webhook", webhook.url() + ", ready after " + Console.seconds(webhook.startup()));
            ApiServer apiServer = new ApiServer(webhook.url(), webhook.caBundle());
            for (ObjectNode pod : manifests.pods()) {
                run(apiServer.create(pod), manifests);
            }
        }
        for (PodTrial pod : pods) {
            pod.stop();
        }
        console.step("end", store.settle());
    }

    private void run(ApiServer.Admitted admitted, Manifests manifests)
            throws TrialException, InvalidManifestException, IOException, InterruptedException {
        ObjectNode spec = admitted.pod();
        String name = spec.at("/metadata/namespace").asText() + "/"
                + spec.at("/metadata/name").asText();
        admitted.warnings().forEach(warning -> console.step("warning", warning));
        if (admitted.changes().isEmpty()) {
            throw TrialException.input("the webhook left the pod " + name
                    + " as it is; ask for secrets with the annotation" + " purser.io/inject: \"true\"");
        }
        console.step("pod", name + " is admitted, with\n" + String.join("\n", admitted.changes()));
        TokenIssuer.Identity identity = identity(spec);
        PodTrial pod = new PodTrial(
                new PodTrial.Surroundings(options, console, store),
                spec,
                new PodSandbox(directory.path().resolve(identity.pod()), spec, manifests, tokens(identity)));
        AgentConfig config = pod.config();
        if (config != null) {
            store.admit(identity, config.auth());
        }
        pods.add(pod);
        pod.start();
        SecretFiles files = pod.files();
        SortedMap<String, SecretFiles.File> first = files.read();
        console.step("files", "as the application sees them:");
        first.values().forEach(file -> console.file(file, null, pod.masks().of(file.path())));
        leave(first, identity);
        boolean stays = !spec.at("/spec/restartPolicy").asText().equals("Never");
        if (!stays) {
            int code = pod.awaitApplications(JOB);
            console.step("container", code == 0 ? "the job has ended" : "the job ended with " + code);
        }
        if (!options.once() && stays && pod.follows()) {
            leave(follow(pod, files, first), identity);
        }
    }

    private SortedMap<String, SecretFiles.File> follow(
            PodTrial pod, SecretFiles files, SortedMap<String, SecretFiles.File> first)
            throws TrialException, InvalidManifestException, IOException, InterruptedException {
        if (options.vault() != null) {
            console.step(
                    "rotation",
                    "change a secret in the store now; waiting for up to "
                            + options.watch().toSeconds() + " s (Ctrl-C ends)");
            FileChange seen = FileChange.await(files, first, options.watch());
            if (seen == null) {
                console.step("rotation", "nothing has changed");
                return first;
            }
            show(pod, first, seen.files());
            return seen.files();
        }
        long began = System.nanoTime();
        String rotated = store.rotate();
        boolean told = pod.refresh();
        if (rotated == null && !told) {
            console.step("rotation", "none: there is no static secret to change");
            return first;
        }
        console.step(
                "rotation",
                rotated == null
                        ? "new credentials are asked for with purser.io/refresh"
                        : rotated + " has a new value" + (told ? ", and the pod is told with purser.io/refresh" : ""));
        FileChange seen = FileChange.await(files, first, ROTATION_SEEN);
        if (seen == null) {
            throw TrialException.outside("no file has followed the rotation within " + ROTATION_SEEN.toSeconds()
                    + " s; the agent's messages are above");
        }
        Duration took = Duration.ofNanos(seen.at() - began);
        console.step("rotation", "the files have followed after " + Console.seconds(took) + ":");
        show(pod, first, seen.files());
        return seen.files();
    }

    private void show(
            PodTrial pod, SortedMap<String, SecretFiles.File> before, SortedMap<String, SecretFiles.File> now) {
        for (SecretFiles.File file : SecretFiles.changed(before, now)) {
            console.file(file, before.get(file.path()), pod.masks().of(file.path()));
        }
    }

    private void leave(SortedMap<String, SecretFiles.File> files, TokenIssuer.Identity identity)
            throws TrialException, IOException {
        Path out = options.out();
        if (out != null) {
            try {
                SecretFiles.copy(files, out);
            } catch (FileSystemException e) {
                throw TrialException.outside("the files cannot be written below " + out + ": " + e.getFile() + ": "
                        + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason())
                        + "; give --out a folder that you may write to");
            }
            console.step("out", "the files of " + identity.pod() + " are at " + out);
        }
    }

    private PodVolumes.TokenSource tokens(TokenIssuer.Identity identity) {
        Path jwt = options.jwt();
        return (audience, seconds) -> jwt != null
                ? Files.readString(jwt).strip()
                : issuer.sign(
                        identity,
                        audience == null ? List.of() : List.of(audience),
                        Duration.ofSeconds(seconds),
                        Instant.now());
    }

    private static TokenIssuer.Identity identity(ObjectNode pod) {
        return new TokenIssuer.Identity(
                pod.at("/metadata/namespace").asText(),
                pod.at("/spec/serviceAccountName").asText(),
                pod.at("/metadata/name").asText(),
                pod.at("/metadata/uid").asText());
    }

    /** Ends what still runs and removes what is on disk; after a whole run there is nothing left to end. */
    @Override
    public void close() throws IOException {
        pods.forEach(PodTrial::stop);
        store.close();
        directory.close();
    }
}
