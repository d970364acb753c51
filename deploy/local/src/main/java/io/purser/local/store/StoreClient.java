package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A caller of Vault's HTTP API: sets a store up, changes a secret. Works with any store, embedded or real. */
public final class StoreClient {

    private final URI address;
    private final HttpClient http;
    private final @Nullable String token;

    /**
     * One answer.
     *
     * @param status the HTTP status
     * @param body empty where there was none
     */
    public record Answer(int status, JsonObject body) {

        /** The member {@code data}; empty where it is absent. */
        public JsonObject data() {
            return member("data");
        }

        /** The member {@code auth}; empty where it is absent. */
        public JsonObject auth() {
            return member("auth");
        }

        private JsonObject member(String name) {
            return body.get(name) == null || !body.get(name).isObject()
                    ? new JsonObject()
                    : body.get(name).asObject();
        }

        @Override
        public String toString() {
            return "Answer[" + status + ", errors=" + body.get("errors") + "]";
        }
    }

    private StoreClient(URI address, HttpClient http, @Nullable String token) {
        this.address = address;
        this.http = http;
        this.token = token;
    }

    /**
     * A caller without a token.
     *
     * @param tls what to trust, or null for the runtime's own trust or plain HTTP
     */
    public static StoreClient of(URI address, @Nullable SSLContext tls) {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        return new StoreClient(address, (tls == null ? http : http.sslContext(tls)).build(), null);
    }

    /** The same caller with a token. */
    public StoreClient as(@Nullable String other) {
        return new StoreClient(address, http, other);
    }

    /** Reads a path. */
    public Answer get(String path) throws IOException {
        return send("GET", path, null);
    }

    /** Lists a path. */
    public Answer list(String path) throws IOException {
        return send("LIST", path, null);
    }

    /** Deletes a path. */
    public Answer delete(String path) throws IOException {
        return send("DELETE", path, null);
    }

    /** Writes to a path. */
    public Answer put(String path, JsonObject body) throws IOException {
        return send("PUT", path, body);
    }

    /**
     * Writes to a path, where anything but success is a fault.
     *
     * @throws IOException with the path and the store's words where the store refuses
     */
    public Answer mustPut(String path, JsonObject body) throws IOException {
        Answer answer = put(path, body);
        if (answer.status() >= 300) {
            throw new IOException("the store refused PUT " + path + ": " + answer.status() + " "
                    + answer.body().get("errors"));
        }
        return answer;
    }

    private Answer send(String method, String path, @Nullable JsonObject body) throws IOException {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, publisher);
        if (token != null) {
            request.header("X-Vault-Token", token);
        }
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            String text = response.body();
            JsonObject json =
                    text.isBlank() ? new JsonObject() : Json.parse(text).asObject();
            return new Answer(response.statusCode(), json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + method + " " + path, e);
        }
    }
}
