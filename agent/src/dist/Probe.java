import java.net.HttpURLConnection;
import java.net.URI;

/** Asks for each URL given; ends with 1 if one is not answered with 200. */
class Probe {
    public static void main(String... urls) throws Exception {
        for (String url : urls) {
            HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            if (connection.getResponseCode() != 200) {
                System.exit(1);
            }
            connection.getInputStream().readAllBytes();
        }
    }
}
