package io.purser.webhook.cli;

import io.purser.webhook.http.HostPort;
import io.purser.webhook.policy.Values;
import io.purser.webhook.tls.TlsPolicy;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Texts of flags into the types that the program works with. */
final class Converters {

    private Converters() {}

    static final class ToHostPort implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            try {
                return HostPort.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    static final class ToDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = Values.duration(text);
            if (duration == null || duration.isNegative()) {
                throw new TypeConversionException("\"" + text + "\" is not a duration such as 10s or 1m30s.");
            }
            return duration;
        }
    }

    /** One of a list of them. */
    static final class ToCipherSuite implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String name = text.strip();
            if (!TlsPolicy.supportedCipherSuites().contains(name)) {
                throw new TypeConversionException(
                        "\"" + name + "\" is no cipher suite that is spoken here; give some of "
                                + String.join(",", TlsPolicy.DEFAULT.cipherSuites()) + ".");
            }
            return name;
        }
    }

    /** The peer calls the text format {@code standard}. */
    static final class ToLogFormat implements ITypeConverter<Logging.Format> {
        @Override
        public Logging.Format convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "text", "standard" -> Logging.Format.TEXT;
                case "json" -> Logging.Format.JSON;
                default -> throw new TypeConversionException("\"" + text + "\" is neither text nor json.");
            };
        }
    }
}
