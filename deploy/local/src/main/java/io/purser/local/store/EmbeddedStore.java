package io.purser.local.store;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A secret store in this JVM that speaks Vault's HTTP API on a loopback port: KV versions 1 and 2, logins with a pod's
 * token, policies, leases of dynamic credentials, certificates. Everything is set up through the API itself, with the root
 * token. Nothing is kept when it is closed.
 */
public final class EmbeddedStore implements AutoCloseable {

    static {
        // The JDK's server sends an answer's head and body apart; the body then waits 40 ms for the client to
        // acknowledge the head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Duration TICK = Duration.ofMillis(250);

    private final Settings settings;
    private final Dispatch dispatch;
    private final Faults faults = new Faults();
    private final Requests requests = new Requests();
    private final ExecutorService workers = Executors.newCachedThreadPool(EmbeddedStore::daemon);
    private final Timer time = new Timer("embedded-store-time", true);
    private HttpServer server;

    /**
     * How the store runs.
     *
     * @param clock its time
     * @param tls its certificate, or null for plain HTTP
     * @param rootToken the token that may do everything
     * @param databases opens the databases of the engine for dynamic credentials
     */
    public record Settings(Clock clock, @Nullable SSLContext tls, String rootToken, Accounts.Opener databases) {

        /** The system's time, plain HTTP, a random root token, made-up database accounts. */
        public static Settings plain() {
            return new Settings(Clock.systemUTC(), null, "s." + Ids.random(), (plugin, url) -> Accounts.NONE);
        }

        /** The same over TLS. */
        public Settings over(SSLContext context) {
            return new Settings(clock, context, rootToken, databases);
        }

        /** The same with another time. */
        public Settings at(Clock other) {
            return new Settings(other, tls, rootToken, databases);
        }

        /** The same with other databases. */
        public Settings with(Accounts.Opener opener) {
            return new Settings(clock, tls, rootToken, opener);
        }

        @Override
        public String toString() {
            return "Settings[" + (tls == null ? "plain" : "TLS") + "]";
        }
    }

    private EmbeddedStore(Settings settings) throws IOException {
        this.settings = settings;
        this.dispatch = new Dispatch(settings.clock(), settings.databases(), settings.rootToken());
        this.server = listen(0);
        time.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        dispatch.passTime();
                    }
                },
                TICK.toMillis(),
                TICK.toMillis());
    }

    /**
     * Starts a store on a free loopback port.
     *
     * @throws IOException where it cannot listen
     */
    public static EmbeddedStore start(Settings settings) throws IOException {
        return new EmbeddedStore(settings);
    }

    /** Its base URL, without a path. */
    public URI address() {
        String scheme = settings.tls() == null ? "http" : "https";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The token that may do everything: a secret. */
    public String rootToken() {
        return settings.rootToken();
    }

    /** Faults to commit. */
    public Faults faults() {
        return faults;
    }

    /** What was asked so far. */
    public Requests requests() {
        return requests;
    }

    /** What was given out and refused so far. */
    public Disclosures disclosures() {
        return dispatch.disclosures();
    }

    /** What is alive now, and what was given out. */
    public Census census() {
        synchronized (dispatch) {
            return new Census(
                    dispatch.tokens().live(),
                    dispatch.leases().live(),
                    dispatch.tokens().issued(),
                    dispatch.leases().made());
        }
    }

    /**
     * A count of tokens and leases; root tokens are left out.
     *
     * @param liveTokens tokens that work now
     * @param liveLeases dynamic secrets that work now
     * @param issuedTokens tokens given out since the start
     * @param issuedLeases leases given out since the start
     */
    public record Census(int liveTokens, int liveLeases, long issuedTokens, long issuedLeases) {}

    /** Ends every token but the root's, and with them every lease. */
    public void revokeAll() {
        synchronized (dispatch) {
            dispatch.tokens().revokeAll();
        }
    }

    /** Ends what has come to its end now; the store does so by itself four times a second. */
    public void passTime() {
        dispatch.passTime();
    }

    /** Stops listening: callers are refused. What the store knows stays. */
    public void hang() {
        server.stop(0);
    }

    /**
     * Listens again on the same port after {@link #hang()}.
     *
     * @throws IOException where the port has been taken since
     */
    public void resume() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    @Override
    public void close() {
        time.cancel();
        server.stop(0);
        workers.shutdownNow();
    }

    private HttpServer listen(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer opened;
        SSLContext tls = settings.tls();
        if (tls == null) {
            opened = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            opened = https;
        }
        opened.createContext("/", new HttpEdge(dispatch, faults, requests));
        opened.setExecutor(workers);
        opened.start();
        return opened;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "embedded-store");
        thread.setDaemon(true);
        return thread;
    }
}
