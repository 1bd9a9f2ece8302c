import type { MapOptions } from 'maplibre-gl';
import type { Locale } from '../i18n/locale.ts';

const zh = {
  'AttributionControl.ToggleAttribution': '显示或隐藏数据来源',
  'AttributionControl.MapFeedback': '地图反馈',
  'FullscreenControl.Enter': '全屏',
  'FullscreenControl.Exit': '退出全屏',
  'GeolocateControl.FindMyLocation': '定位到我的位置',
  'GeolocateControl.LocationNotAvailable': '无法定位',
  'Map.Title': '地图（方向键平移，加减号缩放）',
  'Marker.Title': '地图标记',
  'NavigationControl.ResetBearing': '正北朝上',
  'NavigationControl.ZoomIn': '放大',
  'NavigationControl.ZoomOut': '缩小',
  'Popup.Close': '关闭',
  'ScaleControl.Meters': '米',
  'ScaleControl.Kilometers': '公里',
};

const en = {
  'Map.Title': 'Map (arrow keys pan, plus and minus zoom)',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
};

/** The words of the map's own controls; MapLibre falls back to its English for what is missing. */
export const mapWords: Readonly<Record<Locale, NonNullable<MapOptions['locale']>>> = { zh, en };
