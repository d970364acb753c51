package io.purser.webhook.http;

import io.purser.webhook.tls.ServingCertificate;
import io.purser.webhook.tls.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The HTTPS server of one event loop; those of all event loops share the port. */
final class AdmissionServer extends VerticleBase {

    /** Longer than an API server keeps an unused connection (90 s), so that it is the client who ends one. */
    private static final Duration IDLE = Duration.ofMinutes(3);

    /** Nobody opens one here, and each request would pass by the negotiation of its compression. */
    private static final WebSocketServerConfig NO_WEB_SOCKETS =
            new WebSocketServerConfig().setUsePerFrameCompression(false).setUsePerMessageCompression(false);

    private static final int STREAMS = 250;
    private static final int WINDOW = 1 << 20;

    private static final int ANY_PORT = 1;

    private final ServerSettings settings;
    private final Parts parts;
    private @Nullable HttpServer server;

    /** What the servers of all event loops share. */
    record Parts(
            AdmissionRoute.Shared shared, HealthRoutes health, ServingCertificate certificate, String warmUpPath) {}

    AdmissionServer(ServerSettings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    @Override
    public Future<?> start() {
        AdmissionRoute admission = new AdmissionRoute(vertx, settings.limits(), parts.shared());
        HttpServer created = vertx.httpServerBuilder()
                .with(protocol())
                .with(settings.tls().serving(parts.certificate()))
                .with(TlsEngine.best())
                .build();
        created.connectionHandler(parts.shared().connections()::opened);
        created.requestHandler(request -> route(request, admission));
        server = created;
        return created.listen(address());
    }

    private SocketAddress address() {
        HostPort where = settings.listen();
        return where.port() == 0
                ? SocketAddress.sharedRandomPort(ANY_PORT, where.host()) // one for all servers of this name
                : SocketAddress.inetSocketAddress(where.port(), where.host());
    }

    private static HttpServerConfig protocol() {
        return new HttpServerConfig()
                .setVersions(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)
                .setIdleTimeout(IDLE)
                .setWebSocketConfig(NO_WEB_SOCKETS)
                .setHttp2Config(new Http2ServerConfig()
                        .setConnectionWindowSize(WINDOW)
                        .setInitialSettings(new Http2Settings()
                                .setMaxConcurrentStreams(STREAMS)
                                .setInitialWindowSize(WINDOW / 4)));
    }

    /** Serves another certificate to connections that begin from now on. */
    Future<Boolean> serve(ServingCertificate certificate) {
        return running().updateSSLOptions(settings.tls().serving(certificate));
    }

    int port() {
        return running().actualPort();
    }

    /** Listens no more, and ends when what was begun is done, or when the time is over. */
    Future<Void> shutdown(Duration forAtMost) {
        return running().shutdown(forAtMost);
    }

    private HttpServer running() {
        return Objects.requireNonNull(server, "asked before it was started");
    }

    private void route(HttpServerRequest request, AdmissionRoute admission) {
        String path = request.path();
        if (ServedPaths.ADMISSION.equals(path) || (ServedPaths.ADMISSION + "/").equals(path)) {
            admission.handle(request, null, true);
        } else if (path != null && path.startsWith(ServedPaths.ADMISSION + "/")) {
            admission.handle(request, path.substring(ServedPaths.ADMISSION.length() + 1), true);
        } else if (parts.warmUpPath().equals(path)) {
            admission.handle(request, null, false);
        } else if (!parts.health().handle(request)) {
            Sentences.send(
                    request,
                    404,
                    "There is nothing here; an AdmissionReview is sent to " + ServedPaths.ADMISSION + ".");
        }
    }
}
