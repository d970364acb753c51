package io.purser.local.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.purser.certs.authority.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server, where {@code bao} or {@code vault} is on the PATH. */
class RealStoreContractTest extends StoreContract {

    @TempDir
    static Path directory;

    private static RealStore store;
    private static HttpServer apiServer;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = RealStore.program();
        assumeTrue(program.isPresent(), "neither bao nor vault is on the PATH");
        store = RealStore.start(program.get(), directory);
        apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiServer.createContext("/", RealStoreContractTest::reviewToken);
        apiServer.start();
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
            apiServer.stop(0);
        }
    }

    @Override
    StoreUnderTest store() {
        return store;
    }

    @Override
    JsonObject kubernetesConfig() {
        CertificateAuthority unused = CertificateAuthority.create("unused", Duration.ofDays(1), Instant.now());
        return new JsonObject()
                .add(
                        "kubernetes_host",
                        URI.create("http://127.0.0.1:" + apiServer.getAddress().getPort())
                                .toString())
                .add("pem_keys", new JsonArray().add(ISSUER.publicKeyPem()))
                .add("kubernetes_ca_cert", unused.certificatePem())
                .add("disable_local_ca_jwt", true);
    }

    /** An API server that believes every token: the store has checked the signature by then. */
    private static void reviewToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject spec = Json.parse(body).asObject().get("spec").asObject();
            String token = spec.getString("token");
            JsonObject claims = claims(token);
            JsonObject account =
                    claims.get("kubernetes.io").asObject().get("serviceaccount").asObject();
            JsonObject user = new JsonObject()
                    .add("username", claims.getString("sub"))
                    .add("uid", account.getString("uid"))
                    .add("groups", new JsonArray());
            JsonObject status = new JsonObject().add("authenticated", true).add("user", user);
            if (spec.get("audiences") != null) {
                status.add("audiences", spec.get("audiences"));
            }
            byte[] answer = new JsonObject()
                    .add("apiVersion", "authentication.k8s.io/v1")
                    .add("kind", "TokenReview")
                    .add("status", status)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static JsonObject claims(String token) {
        byte[] text = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.parse(new String(text, StandardCharsets.UTF_8)).asObject();
    }
}
