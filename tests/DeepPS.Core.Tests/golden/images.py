"""Small image files of every kind, made by this script, and their pixels as read by PIL.

The files are in images/. A case names a file, a preparation (mode, size, fit), and the pixels (channels, height, width)
from PIL, packed as base64. This script itself writes PNG files with 16 bits or interlacing, bitmaps with packed pixels,
and PNM files as text, because PIL cannot. Files with a colour profile have one that swaps red and blue, which PIL
ignores.
"""
import base64
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = pathlib.Path(__file__).resolve().parent / "images"
WIDTH, HEIGHT = 23, 17
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def picture(width, height, noise=20, seed=0):
    """Smooth colours with an edge and some noise, like a photograph: uint8 (height, width, 3)."""
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([255 * x / width, 255 * y / height, 127 + 120 * np.sin(x / width * 9) * np.cos(y / height * 7)], 2)
    base[(x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2] = [230, 40, 60]
    base += np.random.default_rng(seed).normal(0, noise, base.shape)
    return base.clip(0, 255).astype(np.uint8)


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def filtered(rows, left):
    """Rows of bytes, filtered by PNG's five filters in turn."""
    out, above = b"", np.zeros(rows.shape[1], int)
    def shifted(row):
        return np.concatenate([np.zeros(left, int), row[:-left]])[:len(row)]

    for i, row in enumerate(rows.astype(int)):
        before, corner = shifted(row), shifted(above)
        p = before + above - corner
        pa, pb, pc = abs(p - before), abs(p - above), abs(p - corner)
        paeth = np.where((pa <= pb) & (pa <= pc), before, np.where(pb <= pc, above, corner))
        guess = [0, before, above, (before + above) // 2, paeth][i % 5]
        out += bytes([i % 5]) + ((row - guess) % 256).astype(np.uint8).tobytes()
        above = row
    return out


def packed(samples, depth):
    """Samples (height, width, samples of a pixel) as rows of bytes."""
    rows = samples.reshape(samples.shape[0], -1)
    if depth == 16:
        return rows.astype(">u2").view(np.uint8).reshape(rows.shape[0], -1)
    if depth == 8:
        return rows.astype(np.uint8)
    bits = (rows[..., None] >> np.arange(depth - 1, -1, -1)) & 1
    return np.packbits(bits.reshape(rows.shape[0], -1).astype(np.uint8), axis=1)


def png(samples, depth, kind, interlaced=False, palette=None, more=b""):
    height, width, count = samples.shape
    left = max(1, depth * count // 8)
    passes = [samples[y::sy, x::sx] for x, y, sx, sy in ADAM7] if interlaced else [samples]
    data = zlib.compress(b"".join(filtered(packed(part, depth), left) for part in passes if part.size))
    half = len(data) // 2
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more
            + (chunk(b"PLTE", palette.tobytes()) if palette is not None else b"")
            + chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b""))


def exif(orientation):
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def profile():
    """sRGB with red and blue swapped. It has no date, so that its bytes are always the same."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = made.replace(b"rXYZ", b"____", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"____", b"bXYZ", 1)
    return made[:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + made[36:]


def pngs():
    rng = np.random.default_rng(1)
    for depth in (1, 2, 4, 8, 16):
        grey = rng.integers(0, 1 << depth, (HEIGHT, WIDTH, 1))
        yield f"grey{depth}.png", png(grey, depth, 0, interlaced=depth in (2, 16))
        if depth <= 8:
            colours = rng.integers(0, 256, (1 << depth, 3)).astype(np.uint8)
            yield f"palette{depth}.png", png(grey, depth, 3, interlaced=depth == 1, palette=colours)
    for depth in (8, 16):
        samples = picture(WIDTH, HEIGHT).astype(int) << (depth - 8)
        samples = samples + rng.integers(0, 1 << (depth - 8), (HEIGHT, WIDTH, 3))
        alpha = rng.integers(0, 1 << depth, (HEIGHT, WIDTH, 1))
        yield f"rgb{depth}.png", png(samples, depth, 2, interlaced=depth == 8)
        yield f"rgba{depth}.png", png(np.concatenate([samples, alpha], 2), depth, 6)
        grey = np.concatenate([samples[..., :1], alpha], 2)
        yield f"greyalpha{depth}.png", png(grey, depth, 4, interlaced=depth == 8)
    yield "turned.png", png(picture(WIDTH, HEIGHT).astype(int), 8, 2, more=chunk(b"eXIf", exif(6)))
    yield "linear.png", png(picture(WIDTH, HEIGHT).astype(int), 8, 2, more=chunk(b"gAMA", struct.pack(">I", 100000)))
    for width, height in ((1, 1), (3, 2), (5, 9)):
        yield f"interlaced{width}x{height}.png", png(picture(width, height).astype(int), 8, 2, interlaced=True)


def bitmaps():
    rgb = picture(WIDTH, HEIGHT)
    def bmp(bits, rows, masks=b"", topdown=False):
        stride = (WIDTH * bits + 31) // 32 * 4
        lines = [row.ljust(stride, b"\0") for row in rows]
        data = b"".join(lines if topdown else lines[::-1])
        offset = 54 + len(masks)
        return (struct.pack("<2sIIII", b"BM", offset + len(data), 0, offset, 40)
                + struct.pack("<iiHHII", WIDTH, -HEIGHT if topdown else HEIGHT, 1, bits, 3 if masks else 0, len(data))
                + struct.pack("<iiII", 0, 0, 0, 0) + masks + data)
    r, g, b = (rgb[..., i].astype(int) for i in range(3))
    yield "rgb555.bmp", bmp(16, [row.astype("<u2").tobytes() for row in (r >> 3 << 10 | g >> 3 << 5 | b >> 3)])
    rows = [row.astype("<u2").tobytes() for row in (r >> 3 << 11 | g >> 2 << 5 | b >> 3)]
    yield "rgb565.bmp", bmp(16, rows, struct.pack("<3I", 0xF800, 0x7E0, 0x1F))
    yield "topdown.bmp", bmp(24, [row[:, ::-1].tobytes() for row in rgb], topdown=True)
    runs = b"".join(b"".join(bytes([2, value]) for value in row[::2, 0]) + b"\0\0" for row in rgb[::-1]) + b"\0\1"
    colours = b"".join(bytes([255 - i, i, i, 0]) for i in range(256))
    offset = 54 + len(colours)
    yield "packed.bmp", (struct.pack("<2sIIIIiiHHIIiiII", b"BM", offset + len(runs), 0, offset, 40, WIDTH + 1,
                                     HEIGHT, 1, 8, 1, len(runs), 0, 0, 256, 0) + colours + runs)


def pnms():
    rng = np.random.default_rng(2)
    def text(kind, values, largest):
        lines = "\n".join(" ".join(map(str, row)) for row in values.reshape(values.shape[0], -1))
        return f"P{kind}\n# a comment\n{WIDTH} {HEIGHT}\n{largest}{lines}\n".encode()
    yield "bits_text.pbm", text(1, rng.integers(0, 2, (HEIGHT, WIDTH)), "")
    yield "grey_text.pgm", text(2, rng.integers(0, 256, (HEIGHT, WIDTH)), "255\n")
    yield "rgb_text.ppm", text(3, rng.integers(0, 16, (HEIGHT, WIDTH, 3)), "15\n")
    deep = rng.integers(0, 65536, (HEIGHT, WIDTH, 3)).astype(">u2")
    yield "rgb16.ppm", f"P6 {WIDTH} {HEIGHT} 65535\n".encode() + deep.tobytes()


def write_frames(image):
    """GIF and WebP. The first frame of an animation is its image; the second one is different."""
    turned = image.rotate(180)
    image.save(HERE / "rgb.gif")
    image.save(HERE / "rows.gif", interlace=0)
    image.convert("L").save(HERE / "grey.gif")
    image.save(HERE / "frames.gif", save_all=True, append_images=[turned])
    image.save(HERE / "lossy.webp", quality=80)
    image.save(HERE / "lossless.webp", lossless=True)
    image.save(HERE / "turned.webp", lossless=True, exif=b"Exif\0\0" + exif(6))
    image.save(HERE / "profile.webp", lossless=True, icc_profile=profile())
    alpha = Image.fromarray(picture(WIDTH, HEIGHT, seed=6)[..., 0])
    alpha.putdata([max(value, 1) for value in alpha.getdata()])
    image.putalpha(alpha)
    image.save(HERE / "alpha.webp", lossless=True, exact=True)
    image.putalpha(255)
    image.convert("RGB").save(HERE / "frames.webp", lossless=True, save_all=True, append_images=[turned])


def write_files():
    HERE.mkdir(exist_ok=True)
    for name, content in [*pngs(), *bitmaps(), *pnms()]:
        (HERE / name).write_bytes(content)
    image = Image.fromarray(picture(WIDTH, HEIGHT))
    grey = image.convert("L")
    for sampling in (0, 1, 2):
        image.save(HERE / f"rgb{sampling}.jpg", quality=90, subsampling=sampling)
    image.save(HERE / "progressive.jpg", quality=85, progressive=True)
    grey.save(HERE / "grey.jpg", quality=90)
    image.convert("CMYK").save(HERE / "inks.jpg", quality=95)
    for orientation in range(1, 9):
        image.save(HERE / f"turned{orientation}.jpg", quality=90, subsampling=0, exif=b"Exif\0\0" + exif(orientation))
    image.save(HERE / "profile.jpg", quality=90, icc_profile=profile())
    image.save(HERE / "profile.png", icc_profile=profile())
    for mode, name in (("1", "bits"), ("L", "grey"), ("P", "palette"), ("RGB", "rgb"), ("RGBA", "rgba")):
        image.convert(mode).save(HERE / f"{name}.bmp")
    image.convert("1").save(HERE / "bits.pbm")
    grey.save(HERE / "grey.pgm")
    image.save(HERE / "rgb.ppm")
    write_frames(image)
    Image.fromarray(picture(61, 47, noise=8, seed=3)).save(HERE / "wide.png")
    Image.fromarray(picture(40, 90, noise=8, seed=4)).save(HERE / "tall.bmp", "PNG")
    Image.fromarray(picture(640, 500, noise=4, seed=5)).save(HERE / "large.jpg", quality=60)


def opened(name):
    image = ImageOps.exif_transpose(Image.open(HERE / name))
    if image.mode in ("I", "I;16"):
        image = Image.fromarray((np.asarray(image).astype(int) >> 8).astype(np.uint8))
    return image


def fitted(image, size, fit):
    """Resizes and crops with PIL as torchvision's Resize and CenterCrop do; pastes a letterbox on black."""
    height, width = size
    if fit == "Stretch":
        return image.resize((width, height), Image.BILINEAR)
    narrower = image.width * height <= width * image.height
    if fit == "ShortSide":
        scaled = ((width, int(width * image.height / image.width)) if narrower
                  else (int(height * image.width / image.height), height))
        image = image.resize(scaled, Image.BILINEAR)
        left, top = round((image.width - width) / 2), round((image.height - height) / 2)
        return image.crop((left, top, left + width, top + height))
    scaled = ((max(1, round(height * image.width / image.height)), height) if narrower
              else (width, max(1, round(width * image.height / image.width))))
    box = Image.new(image.mode, (width, height))
    box.paste(image.resize(scaled, Image.BILINEAR), ((width - scaled[0]) // 2, (height - scaled[1]) // 2))
    return box


def case(name, mode, size=None, fit="ShortSide"):
    image = opened(name).convert("RGB" if mode == "Color" else "L")
    if size:
        image = fitted(image, size, fit)
    pixels = np.asarray(image)
    pixels = pixels.transpose(2, 0, 1) if pixels.ndim == 3 else pixels[None]
    return {"file": name, "mode": mode, "size": size, "fit": fit, "shape": list(pixels.shape),
            "pixels": base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()}


def cases():
    write_files()
    for path in sorted(HERE.iterdir()):
        if path.name not in ("large.jpg", "wide.png", "tall.bmp"):
            yield case(path.name, "Color")
    for name in ("rgb8.png", "rgb2.jpg", "grey.bmp", "palette4.png"):
        yield case(name, "Grey")
    for fit in ("ShortSide", "Stretch", "Letterbox"):
        for name in ("wide.png", "tall.bmp", "turned6.jpg", "turned7.jpg"):
            for size in ((16, 16), (12, 21)):
                yield case(name, "Color", size, fit)
        yield case("turned5.jpg", "Color", (30, 34), fit)
        yield case("wide.png", "Grey", (13, 24), fit)
        yield case("large.jpg", "Color", (60, 60), fit)
