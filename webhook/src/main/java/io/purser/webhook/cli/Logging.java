package io.purser.webhook.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging set up in code: reading an XML file costs a tenth of a second at start. Found by logback as a service; until {@code serve} sets
 * it up otherwise, only warnings are told, on the standard error.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level %logger{0}: %msg %kvp%n";

    private static final String LATE_LISTENERS = "io.netty.util.concurrent.DefaultPromise.rejectedExecution";

    /** How a log line looks. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, Level.WARN, Format.TEXT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on, what is at least of this level is told in this format. */
    static void apply(Level level, Format format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        apply(context, level, format);
    }

    private static void apply(LoggerContext context, Level level, Format format) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(context, format));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(Math.max(level.toInt(), Level.INFO_INT), Level.INFO));
        root.addAppender(console);
        context.getLogger("io.purser").setLevel(level);
        // The Kubernetes client ends its event loops before its last connection has told that it is closed: nobody
        // waits for it.
        context.getLogger(LATE_LISTENERS).setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Format format) {
        if (format == Format.JSON) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
