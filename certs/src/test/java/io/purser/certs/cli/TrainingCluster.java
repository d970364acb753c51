package io.purser.certs.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the certs program of the image is trained with: a cluster to keep certificates in. The archive of classes is made
 * from what a run against it needs. Not a test: {@code make-webhook.sh} starts it.
 */
final class TrainingCluster {
    private TrainingCluster() {}

    /**
     * @param args the kubeconfig to write, and the URL of the program's probes; says {@code ready}, asks the program when
     *     it has renewed its Lease, and ends when its input does
     */
    public static void main(String... args) throws Exception {
        try (TinyApiServer server = new TinyApiServer()) {
            Files.writeString(Path.of(args[0]), server.kubeconfig());
            System.out.println("ready");
            awaitRenewal(server);
            for (String path : new String[] {"/livez", "/metrics", "/livez", "/metrics"}) {
                ask(args[1] + path);
            }
            System.out.println("certs has been asked");
            System.in.readAllBytes();
        }
        System.exit(0);
    }

    private static void awaitRenewal(TinyApiServer server) throws InterruptedException {
        while (server.object(TinyApiServer.LEASE).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        String held = server.object(TinyApiServer.LEASE);
        while (server.object(TinyApiServer.LEASE).equals(held)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void ask(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(url + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }
}
