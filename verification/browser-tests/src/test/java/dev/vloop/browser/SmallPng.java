package dev.vloop.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Writes a picture with its 256 most frequent colours: of text on a plain page nobody sees a difference, and it is a third as large. */
final class SmallPng {
    private static final int COLOURS = 256;

    private SmallPng() {}

    static void write(byte[] png, Path file) throws IOException {
        BufferedImage all = ImageIO.read(new ByteArrayInputStream(png));
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < all.getHeight(); y++) {
            for (int x = 0; x < all.getWidth(); x++) {
                counts.merge(all.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
            }
        }
        List<Integer> palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        BufferedImage small =
                new BufferedImage(all.getWidth(), all.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(palette));
        Map<Integer, Integer> indexes = new HashMap<>();
        for (int y = 0; y < all.getHeight(); y++) {
            for (int x = 0; x < all.getWidth(); x++) {
                int colour = all.getRGB(x, y) & 0xFFFFFF;
                small.getRaster().setSample(x, y, 0, indexes.computeIfAbsent(colour, c -> nearest(palette, c)));
            }
        }
        ImageIO.write(small, "png", file.toFile());
    }

    private static IndexColorModel model(List<Integer> palette) {
        byte[][] channels = new byte[3][palette.size()];
        for (int i = 0; i < palette.size(); i++) {
            for (int channel = 0; channel < 3; channel++) {
                channels[channel][i] = (byte) channel(palette.get(i), channel);
            }
        }
        return new IndexColorModel(8, palette.size(), channels[0], channels[1], channels[2]);
    }

    private static int channel(int colour, int channel) {
        return colour >> 16 - 8 * channel & 0xFF;
    }

    private static int nearest(List<Integer> palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.size(); i++) {
            int far = 0;
            for (int channel = 0; channel < 3; channel++) {
                int step = channel(palette.get(i), channel) - channel(colour, channel);
                far += step * step;
            }
            if (far < least) {
                least = far;
                best = i;
            }
        }
        return best;
    }
}
