package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.store.RealStore;
import io.purser.local.store.StoreClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real server, where {@code bao} or {@code vault} is on the PATH. */
class RealStoreTrialTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: app
              namespace: shop
              annotations:
                purser.io/inject: "true"
                purser.io/role: app
                purser.io/auth-method: jwt
                purser.io/auth-mount: cluster
                purser.io/token-audience: vault
                purser.io/template-a: '{{ with secret "secret/data/app" }}user={{ .Data.data.user }}{{ end }}'
            spec:
              serviceAccountName: app
              containers:
                - name: app
                  image: app:1
            """;

    @TempDir
    Path folder;

    private static JsonObject json(String text) {
        return Json.parse(text.replace('\'', '"')).asObject();
    }

    @Test
    void filesAreRenderedAndFollowAChangeThatSomebodyElseMakes() throws IOException, InterruptedException {
        Optional<Path> program = RealStore.program();
        assumeTrue(program.isPresent(), "neither bao nor vault is on the PATH");
        Path pod = Files.writeString(folder.resolve("pod.yaml"), POD);
        Path out = folder.resolve("out");
        try (RealStore store = RealStore.start(program.get(), folder)) {
            Path jwt = letIn(store.root());
            Thread owner = new Thread(() -> rotate(store.root(), out.resolve("purser/secrets/a")));
            owner.start();
            TryRun run = TryRun.of(pod, "--vault", store.address(), "--jwt", jwt, "--out", out);
            owner.join();

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("user=********").doesNotContain("first", "second");
            assertThat(Files.readString(out.resolve("purser/secrets/a"))).isEqualTo("user=second");
        }
    }

    private Path letIn(StoreClient root) throws IOException {
        TokenIssuer issuer = TokenIssuer.create();
        root.mustPut("sys/auth/cluster", json("{'type':'jwt'}"));
        root.mustPut(
                "auth/cluster/config",
                new JsonObject().add("jwt_validation_pubkeys", new JsonArray().add(issuer.publicKeyPem())));
        root.mustPut(
                "auth/cluster/role/app",
                json("{'role_type':'jwt','user_claim':'sub','bound_audiences':['vault'],'token_policies':['app'],"
                        + "'bound_subject':'system:serviceaccount:shop:app','token_ttl':'10m'}"));
        root.mustPut(
                "sys/policies/acl/app",
                new JsonObject().add("policy", "path \"secret/data/app\" { capabilities = [\"read\"] }"));
        root.mustPut("secret/data/app", json("{'data':{'user':'first'}}"));
        TokenIssuer.Identity identity = new TokenIssuer.Identity("shop", "app", "app", "uid");
        return Files.writeString(
                folder.resolve("jwt"), issuer.sign(identity, List.of("vault"), Duration.ofHours(1), Instant.now()));
    }

    /** Changes the secret when its file is there. */
    private static void rotate(StoreClient root, Path file) {
        try {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!Files.exists(file) && System.nanoTime() < end) {
                LockSupport.parkNanos(5_000_000); // then ask again
            }
            root.mustPut("secret/data/app", json("{'data':{'user':'second'}}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
