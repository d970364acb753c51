package io.purser.agent.vault.openssl;

import java.security.Provider;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider whom the distribution's {@code java.security} names first, so that a start loads no other.
 *
 * <ul>
 *   <li>{@code SSLContext} of {@code TLS}: the store's driver holds one in a static field and never uses it. The JDK's would set up all of its TLS
 *       for that, a quarter of the agent's start; this one makes no connection.
 *   <li>{@code SecureRandom}: the kernel's, where the JDK's reads a file of it through a generator of its own.
 * </ul>
 */
public final class OpenSslProvider extends Provider {

    private static final long serialVersionUID = 1L;

    /** Called by the runtime. */
    public OpenSslProvider() {
        super("Purser", "1", "what Purser's agent needs in place of the JDK's TLS");
        putService(new Made(this, "SSLContext", "TLS", FixedSslContextSpi.class, FixedSslContextSpi::new));
        putService(new Made(this, "SecureRandom", "Kernel", KernelRandom.class, KernelRandom::new));
    }

    /** Made without reflection. */
    private static final class Made extends Service {

        private final Supplier<Object> maker;

        Made(Provider provider, String type, String algorithm, Class<?> made, Supplier<Object> maker) {
            super(provider, type, algorithm, made.getName(), null, Map.of("ThreadSafe", "true"));
            this.maker = maker;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return maker.get();
        }
    }
}
