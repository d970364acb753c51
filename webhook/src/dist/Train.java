import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The training run's client: reviews over HTTP/2, as an API server sends them, and over HTTP/1.1, then health and metrics, so that the archive has the
 * classes for them. {@code java -cp lib/* Train.java REVIEW_FILE REVIEW_URL HEALTH_URL}.
 */
final class Train {

    public static void main(String[] args) throws Exception {
        String review = Files.readString(Path.of(args[0]));
        String[] reviews = {
            review,
            review.replace("\"vault.hashicorp.com/agent-inject\": \"true\"", "\"vault.hashicorp.com/agent-inject\": \"false\""),
            review.replace("\"vault.hashicorp.com/role\": \"warm-up\",", ""), // refused
        };
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_2, HttpClient.Version.HTTP_1_1)) {
            HttpClient client =
                    HttpClient.newBuilder().version(version).sslContext(trustingAnyone()).build();
            for (String each : reviews) {
                post(client, args[1], each);
                post(client, args[1], each);
            }
        }
        for (String path : List.of("/livez", "/readyz", "/metrics")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(args[2] + path)).build();
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        }
    }

    private static void post(HttpClient client, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        int status = client.send(request, BodyHandlers.ofString()).statusCode();
        if (status != 200) {
            throw new IOException("a review was answered " + status);
        }
    }

    /** The training certificate is of no authority, and its name is not asked about: it is this machine's own server. */
    private static SSLContext trustingAnyone() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
    }
}
