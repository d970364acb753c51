package io.purser.webhook.http;

import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.tls.CertificateWatch;
import io.purser.webhook.tls.LaterJsse;
import io.purser.webhook.tls.ServingCertificate;
import io.purser.webhook.tls.TlsEngine;
import io.purser.webhook.tls.UnusableCertificateException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The running webhook: HTTPS for admission, and plain HTTP for health and metrics where asked. Thread-safe. */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FOR_OPEN_REQUESTS = Duration.ofSeconds(2);
    private static final int CANNED_REVIEWS = 10;
    private static final String METRICS = "/metrics";

    private final ServerSettings settings;
    private final Vertx vertx;
    private final List<AdmissionServer> servers = new CopyOnWriteArrayList<>();
    private final Readiness readiness;
    private final Metrics metrics;
    private final AtomicReference<Reviewer> reviewer;
    private final AdmissionRoute.Shared shared;
    private final String warmUpPath = "/warm-up/" + UUID.randomUUID();
    private @Nullable HttpServer healthServer;
    private @Nullable CertificateReload reload;

    private Webhook(ServerSettings settings, Reviewer reviewer, ServingCertificate certificate) {
        this.settings = settings;
        this.readiness = new Readiness(certificate);
        Load load = new Load(settings.limits());
        this.metrics = new Metrics(load, readiness);
        this.reviewer = new AtomicReference<>(reviewer);
        this.shared = new AdmissionRoute.Shared(this.reviewer::get, load, metrics, new Connections());
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts listening, answers canned reviews until the code is warm, and is then ready.
     *
     * @throws UnusableCertificateException when the certificate files cannot be served
     * @throws IOException when an address cannot be listened on
     */
    public static Webhook start(ServerSettings settings, Reviewer reviewer)
            throws UnusableCertificateException, IOException {
        LaterJsse.install();
        CertificateWatch watch = CertificateWatch.over(settings.certificate());
        Webhook webhook = new Webhook(settings, reviewer, ServingCertificate.load(settings.certificate()));
        boolean started = false;
        try {
            webhook.listen();
            webhook.reload = new CertificateReload(watch, webhook.servers, webhook.readiness, webhook.metrics);
            webhook.reload.begin(webhook.vertx);
            webhook.warmUp();
            FilePages.giveBackFromNowOn(webhook.vertx, webhook.shared.load());
            String whyNot = webhook.whyNotReady();
            // Also loads what the first decision's line in the log needs.
            LOG.atLevel(whyNot == null ? Level.INFO : Level.WARN)
                    .addKeyValue("port", webhook.port())
                    .addKeyValue(
                            "certificateUntil", webhook.readiness.certificate().expiry())
                    .log(whyNot == null ? "Ready" : "Started and not ready: " + whyNot);
            started = true;
            return webhook;
        } finally {
            if (!started) {
                webhook.close();
            }
        }
    }

    /** Reviews that come from now on are answered under these policies. */
    public void use(Reviewer renewed) {
        reviewer.set(renewed);
        metrics.policyRenewed();
    }

    /** Counts policies that were offered and are not used, since they are not sound. */
    public void refusedPolicies() {
        metrics.policyRefused();
    }

    /** Why API servers are not to send anything here now, in one sentence; null when they may. */
    public @Nullable String whyNotReady() {
        return readiness.whyNot(Instant.now());
    }

    /** The port that admission is served on, also where any free one was asked for. */
    public int port() {
        return servers.get(0).port();
    }

    /** The port of health and metrics, or null where they have none of their own. */
    public @Nullable Integer healthPort() {
        HttpServer server = healthServer;
        return server == null ? null : server.actualPort();
    }

    /**
     * Ends politely: is not ready from now on, still answers for the time of the settings, tells its clients to go elsewhere, and
     * closes. Returns when all is done.
     *
     * @throws InterruptedException when the thread is told to stop waiting; everything is closed then too
     */
    public void drain() throws InterruptedException {
        readiness.drain();
        LOG.info("Shutting down: still answering for {} s.", settings.drain().toSeconds());
        shared.connections().drain();
        try {
            TimeUnit.MILLISECONDS.sleep(settings.drain().toMillis());
            Future<?> done = Future.join(servers.stream()
                    .map(server -> server.shutdown(FOR_OPEN_REQUESTS))
                    .toList());
            done.await(FOR_OPEN_REQUESTS.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Some connections did not end in time; they are cut.");
        } finally {
            close();
        }
    }

    /** Ends at once. */
    @Override
    public void close() {
        CertificateReload looking = reload;
        if (looking != null) {
            looking.end();
        }
        try {
            vertx.close().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Vert.x did not close within {} s.", PATIENCE.toSeconds());
        }
    }

    private void listen() throws IOException {
        HealthRoutes health = new HealthRoutes(readiness, metrics, settings.metricsPath());
        AdmissionServer.Parts parts = new AdmissionServer.Parts(shared, health, readiness.certificate(), warmUpPath);
        await(
                vertx.deployVerticle(
                        () -> {
                            AdmissionServer server = new AdmissionServer(settings, parts);
                            servers.add(server);
                            return server;
                        },
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors())),
                settings.listen());
        HostPort plain = settings.health();
        if (plain != null) {
            HealthRoutes routes = new HealthRoutes(readiness, metrics, METRICS);
            healthServer = await(
                    vertx.createHttpServer()
                            .requestHandler(request -> {
                                if (!routes.handle(request)) {
                                    Sentences.send(
                                            request,
                                            404,
                                            "There are " + ServedPaths.LIVE + ", " + ServedPaths.READY + " and "
                                                    + METRICS + " here.");
                                }
                            })
                            .listen(plain.port(), plain.host()),
                    plain);
        }
    }

    private void warmUp() {
        if (readiness.certificate().clientAuthorities() == null) {
            String host = settings.listen().host();
            try {
                InetAddress address = InetAddress.getByName(host);
                InetAddress own = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
                new WarmUp(vertx, TlsEngine.towards(readiness.certificate().leaf()))
                        .run(new InetSocketAddress(own, port()), warmUpPath, CANNED_REVIEWS);
            } catch (IOException e) {
                LOG.warn("The canned reviews failed, so the first real ones will be slow: {}.", e.toString());
            }
        }
        readiness.warmedUp();
    }

    private static <T> T await(Future<T> future, HostPort where) throws IOException {
        try {
            return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("Listening on " + where + " did not begin within " + PATIENCE + ".", e);
        } catch (Exception e) { // Future.await throws the cause as it is, checked or not
            throw new IOException("Cannot listen on " + where + ": " + e.getMessage() + ".", e);
        }
    }
}
