package io.purser.local.trial;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** An HTTP probe, as a kubelet sends it. */
final class Probe {

    private static final int TIMEOUT_MILLIS = 1000;

    private Probe() {}

    static boolean succeeds(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 400;
        } catch (IOException notYet) {
            return false;
        }
    }
}
