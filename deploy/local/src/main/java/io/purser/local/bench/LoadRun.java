package io.purser.local.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One run of a load over connections that stand; after {@link #begin} only their one thread touches it. */
final class LoadRun {

    /** An API server waits this long for a webhook unless told otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int TOO_MANY_REQUESTS = 429;

    private final EventLoop loop;
    private final List<ByteBuf> bodies;
    private final int count;
    private final Promise<LoadFigures> end;
    private final List<Lane> lanes = new ArrayList<>();
    private final Histogram nanos = new Histogram(3);
    private int sent;
    private int refused;
    private long begin;

    /**
     * A run.
     *
     * @param loop the connections' thread
     * @param bodies sent in turn
     * @param count of reviews
     */
    LoadRun(EventLoop loop, List<byte[]> bodies, int count) {
        this.loop = loop;
        this.bodies = bodies.stream().map(LoadRun::shared).toList();
        this.count = count;
        this.end = loop.newPromise();
    }

    /**
     * Sends the reviews.
     *
     * @param connections TLS and HTTP done
     * @param streams at once on each, over HTTP/2; 0 for HTTP/1.1
     * @return completed when all are answered; failed when an answer is neither a decision nor 429, or does not come in time
     */
    Future<LoadFigures> begin(List<Channel> connections, int streams) {
        for (int i = 0; i < connections.size() * Math.max(1, streams); i++) {
            lanes.add(new Lane(connections.get(i % connections.size()), streams > 0));
        }
        loop.execute(() -> {
            begin = System.nanoTime();
            lanes.forEach(Lane::next);
        });
        Future<?> watch = loop.scheduleAtFixedRate(this::checkPatience, 1, 1, TimeUnit.SECONDS);
        return end.addListener(ended -> watch.cancel(false));
    }

    /** Read-only, or what encodes one request would append to the bytes that another is sending. */
    private static ByteBuf shared(byte[] body) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(body).asReadOnly());
    }

    private void checkPatience() {
        long now = System.nanoTime();
        if (lanes.stream().anyMatch(lane -> lane.asked != null && now - lane.start > PATIENCE.toNanos())) {
            end.tryFailure(new IOException("a review was not answered within " + PATIENCE.toSeconds() + " s"));
        }
    }

    private void answered(int status, long took) {
        nanos.recordValue(took);
        if (status == TOO_MANY_REQUESTS) {
            refused++;
        } else if (status != 200) {
            end.tryFailure(new IOException("the server answered " + status));
        }
        if (nanos.getTotalCount() == count) {
            end.trySuccess(LoadFigures.of(nanos, refused, System.nanoTime() - begin));
        }
    }

    /** Sends one review after the other: on a connection of HTTP/1.1, or each on a stream of its own. */
    @Sharable // of one stream after the other
    private final class Lane extends SimpleChannelInboundHandler<HttpObject> {

        private final Channel connection;
        private final boolean onStreams;
        /** On which an answer is awaited. */
        private @Nullable Channel asked;

        private long start;
        private int status;

        Lane(Channel connection, boolean onStreams) {
            this.connection = connection;
            this.onStreams = onStreams;
            if (!onStreams) {
                connection.pipeline().addLast(this);
            }
        }

        private void next() {
            if (sent == count || end.isDone()) {
                return;
            }
            FullHttpRequest request = request(bodies.get(sent++ % bodies.size()).duplicate());
            start = System.nanoTime();
            if (onStreams) {
                onStream(request);
            } else {
                send(connection, request);
            }
        }

        private void onStream(FullHttpRequest request) {
            new Http2StreamChannelBootstrap(connection)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), Lane.this);
                        }
                    })
                    .open()
                    .addListener((Future<Http2StreamChannel> opened) -> {
                        if (opened.isSuccess()) {
                            send(opened.getNow(), request);
                        } else {
                            end.tryFailure(opened.cause());
                        }
                    });
        }

        private void send(Channel channel, FullHttpRequest request) {
            asked = channel;
            channel.writeAndFlush(request).addListener(written -> {
                if (!written.isSuccess()) {
                    end.tryFailure(written.cause());
                }
            });
        }

        private static FullHttpRequest request(ByteBuf body) {
            FullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mutate", body);
            request.headers()
                    .set(HttpHeaderNames.HOST, "localhost")
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            return request;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse answer) {
                status = answer.status().code();
            }
            if (part instanceof LastHttpContent) {
                asked = null;
                answered(status, System.nanoTime() - start);
                if (onStreams) {
                    loop.execute(this::next); // a stream that is opened while its connection is read may not be flushed
                } else {
                    next();
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (context.channel() == asked) {
                end.tryFailure(new IOException("the server left a review without an answer"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end.tryFailure(cause);
        }
    }
}
