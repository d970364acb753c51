package io.purser.local.node;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The file by which programs find an API server. */
final class Kubeconfig {

    private Kubeconfig() {}

    /** That of a bearer of a token. */
    static String of(String url, String caPem, String token) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: bearer, user: {token: "%s"}}]
                contexts: [{name: here, context: {cluster: here, user: bearer}}]
                """.formatted(url, Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII)), token);
    }
}
