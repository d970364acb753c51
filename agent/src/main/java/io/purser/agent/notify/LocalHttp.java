package io.purser.agent.notify;

import io.purser.agent.config.Notification;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** A POST to a port of the pod itself. */
final class LocalHttp {

    private static final int FIRST_FAILURE = 400;

    private final Duration limit;

    LocalHttp(Duration limit) {
        this.limit = limit;
    }

    void post(Notification.HttpRequest request) throws NotificationException {
        URI uri = URI.create("http://127.0.0.1:" + request.port() + request.path());
        int status;
        try {
            // Never through a proxy: the receiver is in this pod.
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) limit.toMillis());
            connection.setReadTimeout((int) limit.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(0);
            connection.getOutputStream().close();
            status = connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            throw new NotificationException(
                    request + " got no answer within " + limit.toSeconds() + " s (" + e.getMessage()
                            + "); check that the application listens on port " + request.port(),
                    e);
        }
        if (status >= FIRST_FAILURE) {
            throw new NotificationException(request + " was answered with status " + status
                    + "; check that the application accepts POST there");
        }
    }
}
