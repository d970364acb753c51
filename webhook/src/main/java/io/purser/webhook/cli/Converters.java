package io.purser.webhook.cli;

import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.ServedPaths;
import io.purser.webhook.policy.Values;
import io.purser.webhook.tls.TlsEngine;
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

    /** A path of the HTTPS server that is not taken; empty for none. */
    static final class ToMetricsPath implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.isEmpty() && !text.startsWith("/")) {
                throw new TypeConversionException("\"" + text + "\" does not begin with a slash; give /" + text + ".");
            }
            if (ServedPaths.isTaken(text)) {
                throw new TypeConversionException("\"" + text + "\" is taken; give another path, such as /metrics.");
            }
            return text;
        }
    }

    /** Vert.x's timers count milliseconds, and have none of 0. */
    static final class ToDeadline implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = new ToDuration().convert(text);
            if (duration.toMillis() < 1) {
                throw new TypeConversionException("\"" + text + "\" is too short for any review; give 1ms or more.");
            }
            return duration;
        }
    }

    /** With a limit of 0 every review would be refused. */
    static final class ToLimit implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Long limit = Values.integer(text);
            if (limit == null || limit < 1 || limit > Integer.MAX_VALUE) {
                throw new TypeConversionException(
                        "\"" + text + "\" is not a whole number from 1 to " + Integer.MAX_VALUE + ".");
            }
            return limit.intValue();
        }
    }

    /** One of a list of them. */
    static final class ToCipherSuite implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String name = text.strip();
            if (!TlsEngine.supportedCipherSuites().contains(name)) {
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
